import Hls from 'hls.js'
import { PageHead } from '../../ui/page-head.tsx'

/** A video. */
export default function WatchPage() {
  return <PageHead title={`Video ${Hls.version}`} />
}
