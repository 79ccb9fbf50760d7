import { PageHead } from '../../ui/page-head.tsx'

/** Brings videos. */
export default function UploadPage() {
  return <PageHead title="Upload" />
}
