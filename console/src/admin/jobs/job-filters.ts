import { type JobState, jobStates } from '../../words/job-states.ts'

/** What is looked for, as the page's address has it. */
export interface JobFilters {
  readonly q: string
  readonly state: JobState | ''
  readonly type: string
  /** Id of a runner. */
  readonly runner: string
  /** Id of a video. */
  readonly video: string
  /** From 0 on. */
  readonly page: number
}

/** Jobs of one page. */
export const pageSize = 25

/** Reads an address; what is none of ours counts as not chosen. */
export function readJobFilters(params: URLSearchParams): JobFilters {
  const get = (name: string) => params.get(name) ?? ''
  const page = Number(get('page'))
  return {
    q: get('q'),
    state: jobStates.find((state) => state === get('state')) ?? '',
    type: get('type'),
    runner: /^\d{1,15}$/.test(get('runner')) ? get('runner') : '',
    video: get('video'),
    page: Number.isSafeInteger(page) && page > 1 ? page - 1 : 0,
  }
}

/**
 * The address with some of the filters changed; what is not chosen is not in it. Another list begins
 * at its first page.
 */
export function writeJobFilters(
  params: URLSearchParams,
  { page = 0, ...changes }: Partial<JobFilters>,
): URLSearchParams {
  const next = new URLSearchParams(params)
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') next.delete(name)
    else next.set(name, value)
  }
  if (page === 0) next.delete('page')
  else next.set('page', String(page + 1))
  return next
}

/** Whether anything but the page was chosen. */
export function isFiltered({ q, state, type, runner, video }: JobFilters): boolean {
  return [q, state, type, runner, video].some((each) => each !== '')
}

/** What the API is asked, without the state and the page: what its states are counted by. */
export function toCountQuery({ q, type, runner, video }: JobFilters) {
  return {
    ...(q.trim() === '' ? {} : { search: q.trim() }),
    // Sound: the API refuses a type that there is not, in a sentence.
    ...(type === '' ? {} : { typeOneOf: [type as 'vod-chunk-encoding'] }),
    ...(runner === '' ? {} : { runnerId: runner }),
    ...(video === '' ? {} : { videoId: video }),
  }
}

/** What the API is asked for a page of the list. */
export function toJobsQuery(filters: JobFilters) {
  const { state, page } = filters
  return {
    ...toCountQuery(filters),
    ...(state === '' ? {} : { stateOneOf: [toNumber(state)] }),
    start: String(page * pageSize),
    count: String(pageSize),
  }
}

type StateNumber = '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'

function toNumber(state: JobState): StateNumber {
  // Sound: there are nine.
  return String(jobStates.indexOf(state) + 1) as StateNumber
}
