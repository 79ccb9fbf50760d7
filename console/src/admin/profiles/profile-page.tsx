import { useParams } from 'react-router'
import { Failure, Skeleton } from '../../ui/states.tsx'
import { ProfileEditor } from './profile-editor.tsx'
import { useProfiles } from './use-profiles.ts'

/** The page of a profile. */
export function ProfilePage() {
  const { name = '' } = useParams()
  const { data: profiles, error, refetch } = useProfiles()
  const profile = profiles?.find((each) => each.name === name)
  if (profile) return <ProfileEditor key={name} profile={profile} />
  if (profiles) return <Failure error={new Error(`There is no profile “${name}”.`)} />
  return error ? (
    <Failure error={error} onRetry={() => void refetch()} />
  ) : (
    <Skeleton height="30rem" />
  )
}
