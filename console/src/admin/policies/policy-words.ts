import { countOf } from '../../words/amounts.ts'
import type { Policy, PolicyKey } from './use-policies.ts'

interface Words {
  readonly name: string
  /** What it does. */
  readonly sentence: string
  /** What is asked before it is switched to the value with which things stand still. */
  readonly question?: { readonly title: string; readonly text: string; readonly action: string }
}

/** What people call the policies, and what they are told about them. */
export const words: Readonly<Record<PolicyKey, Words>> = {
  ingestEnabled: {
    name: 'Ingest',
    sentence: 'Sources are probed and planned. While it is off, uploads are taken and then wait.',
  },
  transcodeEnabled: {
    name: 'Transcode',
    sentence: 'Runners get jobs. While it is off, they finish what they have and get nothing more.',
  },
  exportEnabled: {
    name: 'Export',
    sentence: 'What is encoded is packaged, checked and published.',
  },
  verifyDuringIngest: {
    name: 'Verify sources',
    sentence:
      'Probing decodes the whole source and refuses a damaged one at once. A long film then waits some minutes until it can be watched.',
  },
  terminateAll: {
    name: 'End all runners',
    sentence:
      'Every runner ends after the jobs that it has, and one that starts later ends at once. PeerTube’s runners stay and get nothing.',
    question: {
      title: 'End all runners?',
      text: 'Each finishes what it has and ends. When you turn this off again, servers start their own runners; all others must be started by hand.',
      action: 'End all runners',
    },
  },
  nodeTimeout: {
    name: 'Remove silent runners after',
    sentence:
      'A runner without a name of its own that is silent for so long is removed from the list. 0: never. One that holds a job stays.',
  },
  failureTolerance: {
    name: 'Give a job up after',
    sentence: 'A job that failed so often fails its video. Below that another runner tries it.',
  },
}

/** The parts of the page. */
export const groups: readonly { readonly title: string; readonly keys: readonly PolicyKey[] }[] = [
  {
    title: 'The journey of videos',
    keys: ['ingestEnabled', 'transcodeEnabled', 'exportEnabled', 'verifyDuringIngest'],
  },
  { title: 'Runners and jobs', keys: ['terminateAll', 'nodeTimeout', 'failureTolerance'] },
]

/** A value in words: on, off, 900 seconds, the default. */
export function sayValue(key: PolicyKey, value: boolean | number | null): string {
  if (value === null) return 'the default'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  return key === 'nodeTimeout' ? countOf(value, 'second') : countOf(value, 'failure')
}

/** "12 jobs wait because of this"; null where nothing does. */
export function sayWaiting({ waiting }: Pick<Policy, 'waiting'>): string | null {
  if (waiting === null) return null
  const { what, count } = waiting
  return `${countOf(count, what.replace(/s$/, ''))} ${count === 1 ? 'waits' : 'wait'}`
}

/** Whether something stands still as long as the policy says this. */
export function isHolding({ key, value }: Pick<Policy, 'key' | 'value'>): boolean {
  if (key === 'terminateAll') return value === true
  return ['ingestEnabled', 'transcodeEnabled', 'exportEnabled'].includes(key) && value === false
}
