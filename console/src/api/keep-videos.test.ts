import assert from 'node:assert/strict'
import { test } from 'node:test'
import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { ReelmillProblem, type Video } from '#client/index.ts'
import { chooses, keepVideos } from './keep-videos.ts'

const videoOf = (id: string, changes: Partial<Video> = {}) =>
  ({ id, name: id, state: 'encoding', visibility: 'public', progress: 0, ...changes }) as Video

const anyState = ['videos', 'console', { sort: '-createdAt' }]
const failedOnly = ['videos', 'console', { sort: '-createdAt', state: ['failed'] }]

/** Lists that were read; only what is watched is on the screen. */
function openLists(t: { after: (end: () => void) => void }, watched: readonly unknown[]) {
  const queries = new QueryClient()
  t.after(() => queries.clear())
  queries.setQueryData(anyState, { pages: [{ videos: [videoOf('a'), videoOf('b')] }] })
  queries.setQueryData(failedOnly, { pages: [{ videos: [] }] })
  const observer = new QueryObserver(queries, { queryKey: watched, enabled: true, staleTime: 1e9 })
  t.after(observer.subscribe(() => undefined))
  return { queries, observer, videos: keepVideos(queries) }
}

test('Progress is put in its place, and nothing is read again for it', (t) => {
  const { queries, videos } = openLists(t, anyState)
  assert.deepEqual(videos.keep(videoOf('a', { progress: 50 })), [])
  const { pages } = queries.getQueryData(anyState) as { pages: { videos: Video[] }[] }
  assert.deepEqual(
    pages[0]?.videos.map(({ id, progress }) => [id, progress]),
    [
      ['a', 50],
      ['b', 0],
    ],
  )
})

test('A video that no list has is looked for once, not with each of its events', (t) => {
  const { videos } = openLists(t, anyState)
  assert.deepEqual(videos.keep(videoOf('new')), [['videos']])
  assert.deepEqual(videos.keep(videoOf('new', { progress: 1 })), [])
})

test('A list that chooses is read again when a video changes, whatever other lists have it', (t) => {
  const { videos } = openLists(t, failedOnly)
  videos.keep(videoOf('a'))
  assert.deepEqual(videos.keep(videoOf('a', { state: 'failed' })), [failedOnly])
})

test('A list that is stale stays so when a video in it is renewed', async (t) => {
  const { queries, videos } = openLists(t, failedOnly)
  await queries.invalidateQueries({ queryKey: anyState })
  videos.keep(videoOf('a', { state: 'failed' }))
  assert.equal(queries.getQueryState(anyState)?.isInvalidated, true)
})

test('An answer under way is asked for again when a change is told before it is there', async (t) => {
  const { queries, videos } = openLists(t, anyState)
  const { promise, resolve } = Promise.withResolvers<unknown>()
  const answer = queries.fetchQuery({ queryKey: anyState, queryFn: () => promise })
  assert.deepEqual(videos.keep(videoOf('a', { state: 'published' })), [anyState, failedOnly])
  resolve({ pages: [] })
  await answer
})

test('Whoever looks at a video that goes is told that there is none', (t) => {
  const { queries, observer, videos } = openLists(t, ['video', 'a'])
  videos.keep(videoOf('a'))
  assert.notEqual(observer.getCurrentResult().data, undefined)
  videos.forget('a')
  const { data, error } = observer.getCurrentResult()
  assert.equal(data, undefined)
  assert.ok(error instanceof ReelmillProblem && error.status === 404)
  assert.equal(queries.isFetching(), 0)
})

test('A list of everything chooses nothing', () => {
  assert.equal(chooses(['videos', 'grid', { q: '', mine: false }]), false)
  assert.equal(chooses(['videos', 'grid', { q: 'x', mine: false }]), true)
  assert.equal(chooses(['videos', 'console', { sort: 'createdAt' }]), false)
  assert.equal(chooses(['videos', 'console', { sort: '-name' }]), true)
  assert.equal(chooses(['videos', 'under way']), true)
})
