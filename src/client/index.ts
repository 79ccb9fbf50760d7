/** The client's door: `import { createReelmillClient } from 'reelmill/client'`. docs/library.md */
export {
  type ClientOptions,
  createReelmillClient,
  type ReelmillClient,
  type Video,
} from './client.ts'
export { type ProblemDocument, ReelmillProblem } from './problem.ts'
export type { components, paths } from './schema.ts'
export { type Milestone, VideoEnded } from './wait-for.ts'
