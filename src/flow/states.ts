import type { VersionState } from '#database/tables.ts'

/** The states from which a version can still move on by itself. */
export const activeStates = [
  'uploading',
  'probing',
  'planning',
  'encoding',
  'packaging',
  'publishing',
] as const satisfies readonly VersionState[]

/** States that the server works off by itself, as a queued step of the same name. */
export const stepStates = ['probing', 'planning', 'packaging', 'publishing'] as const

export type StepState = (typeof stepStates)[number]

/** True for a state whose work is a queued step. */
export function isStepState(state: VersionState): state is StepState {
  return (stepStates as readonly VersionState[]).includes(state)
}
