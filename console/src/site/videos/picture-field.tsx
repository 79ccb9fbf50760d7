import { ImagePlus } from 'lucide-react'
import type { Video } from '../../api/client.ts'
import { mediaHere } from '../../api/media-here.ts'
import { Button } from '../../ui/button.tsx'
import styles from './edit-video.module.css'
import { FileButton } from './file-button.tsx'
import { attachmentAt, removePicture, sendAttachment } from './send-attachment.ts'
import { useAttachments } from './use-attachments.ts'

/** The picture that stands for a video; one's own takes the place of the made one at once. */
export function PictureField({ video }: { readonly video: Video }) {
  const { isBusy, change } = useAttachments()
  const { thumbnail } = video.urls
  const isOwn = thumbnail !== null && attachmentAt(thumbnail) !== null
  const send = ([file]: File[]) => {
    if (!file) return
    void change(
      () => sendAttachment(video, 'thumbnails', file),
      'The picture was changed.',
      'The picture was not changed.',
    )
  }
  const reset = () =>
    void change(
      () => removePicture(video),
      'The picture of the video is shown again.',
      'The picture was not changed.',
    )
  return (
    <div className={styles['field']} role="group" aria-label="Picture">
      <span className={styles['label']}>Picture</span>
      <div className={styles['picture']}>
        {thumbnail === null ? (
          <div className={styles['none']} />
        ) : (
          <img src={mediaHere(thumbnail, video.id)} alt={`Shown for “${video.name}”`} />
        )}
        <FileButton accept="image/*" size="small" icon={<ImagePlus />} busy={isBusy} onFiles={send}>
          Choose a picture
        </FileButton>
        {isOwn ? (
          <Button size="small" look="quiet" disabled={isBusy} onClick={reset}>
            Use one of the video
          </Button>
        ) : null}
      </div>
    </div>
  )
}
