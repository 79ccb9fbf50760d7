import { useSearchParams } from 'react-router'

/** The address at which a job's details stand above the list as it is. */
export function useWayToJob(): (uuid: string) => string {
  const [params] = useSearchParams()
  return (uuid) => {
    const next = new URLSearchParams(params)
    next.set('job', uuid)
    return `?${next.toString()}`
  }
}
