import { Captions, X } from 'lucide-react'
import { useState } from 'react'
import type { Video } from '../../api/client.ts'
import { mediaHere } from '../../api/media-here.ts'
import { IconButton } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import styles from './edit-video.module.css'
import { FileButton } from './file-button.tsx'
import { attachmentAt, removeAttachment, sendAttachment } from './send-attachment.ts'
import { useAttachments } from './use-attachments.ts'

/** BCP 47, as far as the server takes it. */
const language = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/

/** The subtitles that people added, one for each language; more can be added, and taken away. */
export function SubtitlesField({ video }: { readonly video: Video }) {
  const { isBusy, change } = useAttachments()
  const [wanted, setWanted] = useState('en')
  const isLanguage = language.test(wanted)
  const send = ([file]: File[]) => {
    if (!file) return
    void change(
      () => sendAttachment(video, 'timedtexttracks', file, wanted),
      `Subtitles (${wanted}) were added.`,
      'The subtitles were not added.',
    )
  }
  return (
    <div className={styles['field']} role="group" aria-label="Subtitles">
      <span className={styles['label']}>Subtitles</span>
      <ul className={styles['tracks']}>
        {Object.entries(video.urls.subtitles).map(([name, url]) => (
          <li key={name} className={styles['track']}>
            <a href={mediaHere(url, video.id)}>{nameOf(name)}</a>
            <IconButton
              label={`Remove the subtitles in ${nameOf(name)}`}
              size="small"
              disabled={isBusy}
              onClick={() =>
                void change(
                  () => removeAttachment(video.id, 'timedtexttracks', attachmentAt(url) ?? ''),
                  `Subtitles (${name}) were removed.`,
                  'The subtitles were not removed.',
                )
              }
            >
              <X />
            </IconButton>
          </li>
        ))}
      </ul>
      <div className={styles['add']}>
        <div className={styles['language']}>
          <TextField
            label="Language"
            value={wanted}
            maxLength={35}
            onInput={(event) => setWanted(event.currentTarget.value.trim())}
          />
        </div>
        <FileButton
          accept=".vtt,.srt,text/vtt"
          icon={<Captions />}
          busy={isBusy}
          disabled={!isLanguage}
          onFiles={send}
        >
          Add a file
        </FileButton>
      </div>
      <p className={styles['hint']}>WebVTT or SubRip; a language is written as en, de or pt-BR.</p>
    </div>
  )
}

/** "German" for de; what no language has as its name stays as it is. */
function nameOf(tag: string): string {
  try {
    return new Intl.DisplayNames(undefined, { type: 'language' }).of(tag) ?? tag
  } catch {
    // No tag of a language, which is shown as it is.
    return tag
  }
}
