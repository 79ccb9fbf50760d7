import type { MeasuredTrack } from '../measure/facts.ts'

/** Structural brands of ISO/IEC 23000-19 clause 7.2: such a file says that it is CMAF. */
const BRANDS = new Set(['cmfc', 'cmf2', 'cmff', 'cmfl', 'cmfs'])

/** True when the track's init segment says that it is CMAF, so that CMAF's rules hold for it. */
export function claimsCmaf({ init }: MeasuredTrack): boolean {
  return init?.brands.some((brand) => BRANDS.has(brand)) ?? false
}
