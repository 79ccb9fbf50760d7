import { PageHead } from '../../ui/page-head.tsx'

/** A video with all that was done for it. */
export default function VideoPage() {
  return <PageHead title="Video" />
}
