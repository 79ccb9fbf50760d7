import { PageHead } from '../../ui/page-head.tsx'

/** All videos. */
export default function VideosPage() {
  return <PageHead title="Videos" />
}
