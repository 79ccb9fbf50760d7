import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { client, read, type Video } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { Banner } from '../../ui/states.tsx'
import { useTell } from '../../ui/toasts.tsx'
import styles from './edit-video.module.css'
import { PictureField } from './picture-field.tsx'
import { SubtitlesField } from './subtitles-field.tsx'
import { VisibilityField } from './visibility-field.tsx'

/** Changes what people say of a video: its title, who may see it, its picture and subtitles. */
export function EditVideoDialog({
  video,
  onClose,
}: {
  readonly video: Video
  readonly onClose: () => void
}) {
  const id = useId()
  const { name, setName, visibility, setVisibility, problem, isBusy, save } = useEdit(
    video,
    onClose,
  )
  const foot = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button type="submit" form={id} look="primary" busy={isBusy} disabled={name.trim() === ''}>
        Save
      </Button>
    </>
  )
  return (
    <Dialog open onClose={onClose} title="Edit the video" foot={foot}>
      <form id={id} className={styles['form']} onSubmit={(event) => void save(event)}>
        {problem === null ? null : <Banner tone="bad">{problem}</Banner>}
        <TextField
          label="Title"
          required
          maxLength={500}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <VisibilityField value={visibility} onChange={setVisibility} />
      </form>
      <div className={styles['files']}>
        <PictureField video={video} />
        <SubtitlesField video={video} />
      </div>
    </Dialog>
  )
}

/** What one types, as it was when the window was opened: what comes in meanwhile takes nothing away. */
function useEdit(video: Video, onDone: () => void) {
  const queries = useQueryClient()
  const tell = useTell()
  const [name, setName] = useState(video.name)
  const [visibility, setVisibility] = useState(video.visibility)
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      const params = { path: { id: video.id } }
      const body = { name: name.trim(), visibility }
      const changed = await read(client.PATCH('/api/v1/videos/{id}', { params, body }))
      queries.setQueryData(['video', video.id], changed)
      void queries.invalidateQueries({ queryKey: ['videos'] })
      tell.good(`“${changed.name}” was changed.`)
      onDone()
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
      setBusy(false)
    }
  }
  return { name, setName, visibility, setVisibility, problem, isBusy, save }
}
