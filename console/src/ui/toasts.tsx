import { X } from 'lucide-react'
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
} from 'react'
import { IconButton } from './button.tsx'
import { classNames } from './class-names.ts'
import styles from './toasts.module.css'

export interface Tell {
  /** What was done. */
  readonly good: (title: string, text?: string) => void
  /** What could not be done; an error says it in its own sentence. */
  readonly bad: (title: string, error?: unknown) => void
}

interface Note {
  readonly id: number
  readonly tone: 'good' | 'bad'
  readonly title: string
  readonly text: string | undefined
}

const Telling = createContext<Tell>({ good: () => undefined, bad: () => undefined })
const shownMs = { good: 5_000, bad: 12_000 }
let lastId = 0

/** Tells of something that was done, or could not be, in a note that goes by itself. */
export function useTell(): Tell {
  return useContext(Telling)
}

/** Where the notes of the pages inside it appear. */
export function Toasts({ children }: { readonly children: ReactNode }) {
  const [notes, setNotes] = useState<readonly Note[]>([])
  const tell = useMemo((): Tell => {
    const add = (tone: Note['tone'], title: string, text?: string) =>
      setNotes((before) => [...before.slice(-3), { id: (lastId += 1), tone, title, text }])
    return {
      good: (title, text) => add('good', title, text),
      bad: (title, error) => add('bad', title, error instanceof Error ? error.message : undefined),
    }
  }, [])
  const drop = useCallback(
    (id: number) => setNotes((before) => before.filter((note) => note.id !== id)),
    [],
  )
  return (
    <Telling.Provider value={tell}>
      {children}
      <div className={styles['place']} role="status" aria-live="polite">
        {notes.map((note) => (
          <Toast key={note.id} note={note} onGone={drop} />
        ))}
      </div>
    </Telling.Provider>
  )
}

/** Stays while it is pointed at or has the focus. */
function Toast({ note, onGone }: { readonly note: Note; readonly onGone: (id: number) => void }) {
  const [isHeld, setHeld] = useState(false)
  const { id, tone, title, text } = note
  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(() => onGone(id), shownMs[tone])
    return () => clearTimeout(timer)
  }, [isHeld, id, tone, onGone])
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className={classNames(styles['toast'], tone === 'bad' && styles['bad'])}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <div className={styles['content']}>
        <p className={styles['title']}>{title}</p>
        {text ? <p className={styles['text']}>{text}</p> : null}
      </div>
      <IconButton label="Close" size="small" onClick={() => onGone(id)}>
        <X />
      </IconButton>
    </div>
  )
}
