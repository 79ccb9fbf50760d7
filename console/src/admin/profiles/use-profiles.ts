import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { client, read } from '../../api/client.ts'
import type { DraftValue } from './draft-value.ts'
import type { PreviewSource } from './sources.ts'

export type Profile = Awaited<ReturnType<typeof listProfiles>>[number]
export type ProfileVersion = Awaited<ReturnType<typeof listVersions>>[number]
export type JudgedEdit = Awaited<ReturnType<typeof judge>>
export type Preview = NonNullable<JudgedEdit['preview']>
export type FieldProblem = JudgedEdit['problems'][number]

/** All profiles that can be chosen. */
export function useProfiles() {
  return useQuery({ queryKey: ['profiles'], queryFn: listProfiles })
}

/** The saved versions of a profile, the newest first. */
export function useVersions(name: string) {
  return useQuery({
    queryKey: ['profiles', name, 'versions'],
    queryFn: () => listVersions(name),
  })
}

/** What a draft gives for a source, or what is wrong with it; the last answer stays until the next. */
export function usePreview(draft: DraftValue | null, source: PreviewSource) {
  return useQuery({
    queryKey: ['profile-preview', draft, source],
    queryFn: () => judge(draft ?? {}, source),
    enabled: draft !== null,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
  })
}

/** Saves and deletes; whoever shows profiles reads them again. */
export function useProfileChanges() {
  const queries = useQueryClient()
  const save = useCallback(
    async (name: string, edit: Edit): Promise<Profile> => {
      try {
        return await read(
          client.PUT('/api/v1/profiles/{name}', {
            params: { path: { name }, header: { 'if-match': `"${edit.expected}"` } },
            body: { profile: edit.profile, ...(edit.note === '' ? {} : { note: edit.note }) },
          }),
        )
      } finally {
        // Also where it was refused: somebody else saved in between.
        await queries.invalidateQueries({ queryKey: ['profiles'] })
      }
    },
    [queries],
  )
  const remove = useCallback(
    async (name: string): Promise<void> => {
      await client.DELETE('/api/v1/profiles/{name}', { params: { path: { name } } })
      await queries.invalidateQueries({ queryKey: ['profiles'] })
    },
    [queries],
  )
  return { save, remove }
}

interface Edit {
  readonly profile: DraftValue
  readonly note: string
  /** The version that it was made from; 0: a file, or nothing. */
  readonly expected: number
}

async function listProfiles() {
  return (await read(client.GET('/api/v1/profiles'))).profiles
}

async function listVersions(name: string) {
  const path = { name }
  return (await read(client.GET('/api/v1/profiles/{name}/versions', { params: { path } }))).versions
}

function judge(profile: DraftValue, source: PreviewSource) {
  return read(client.POST('/api/v1/profiles/preview', { body: { profile, ...source } }))
}
