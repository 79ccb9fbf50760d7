import type { VersionState } from '#database/tables.ts'
import type { StepState } from './states.ts'
import type { Step } from './step.ts'
import { runPackaging } from './steps/packaging.ts'
import { runPlanning } from './steps/planning.ts'
import { runProbing } from './steps/probing.ts'
import { runPublishing } from './steps/publishing.ts'

/**
 * The journey: what the server does in each state, and what follows. Between planning and packaging
 * lies encoding, which runners do; the settling of its last job moves the version on (jobs-done.ts).
 */
export const steps: Readonly<
  Record<StepState, { readonly run: Step; readonly next: VersionState }>
> = {
  probing: { run: runProbing, next: 'planning' },
  planning: { run: runPlanning, next: 'encoding' },
  packaging: { run: runPackaging, next: 'publishing' },
  publishing: { run: runPublishing, next: 'published' },
}
