import { Share2 } from 'lucide-react'
import { useState } from 'react'
import type { Video } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { SharePanel } from './share-panel.tsx'

/** Opens what is to be given to others. */
export function ShareButton({ video }: { readonly video: Video }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button icon={<Share2 />} onClick={() => setOpen(true)}>
        Share
      </Button>
      <SharePanel video={video} isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  )
}
