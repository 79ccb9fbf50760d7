import { audioRules } from './audio.ts'
import { bitRateRules } from './bit-rates.ts'
import { boundaryRules } from './boundaries.ts'
import { cmafRules } from './cmaf.ts'
import { codecRules } from './codecs.ts'
import { dashAttributeRules } from './dash-attributes.ts'
import { dashTimelineRules } from './dash-timeline.ts'
import { deliveryRules } from './delivery.ts'
import { ladderRules } from './ladder.ts'
import { mediaPlaylistRules } from './media-playlists.ts'
import { multivariantRules } from './multivariant.ts'
import type { Rule } from './rule.ts'
import { segmentRules } from './segments.ts'
import { subtitleRules } from './subtitles.ts'
import { syntaxRules } from './syntax.ts'
import { trickPlayRules } from './trick-play.ts'
import { videoRules } from './video.ts'

/** Every rule, in the order in which findings are told. A new rule is a new entry of its theme. */
export const rules: readonly Rule[] = [
  ...syntaxRules,
  ...multivariantRules,
  ...codecRules,
  ...mediaPlaylistRules,
  ...segmentRules,
  ...boundaryRules,
  ...bitRateRules,
  ...ladderRules,
  ...videoRules,
  ...audioRules,
  ...subtitleRules,
  ...trickPlayRules,
  ...cmafRules,
  ...dashAttributeRules,
  ...dashTimelineRules,
  ...deliveryRules,
]
