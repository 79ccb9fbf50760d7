import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

export interface Question {
  /** "Delete “Holiday”?" */
  readonly title: string
  /** What goes, and whether it can come back. */
  readonly text: ReactNode
  /** What the button says: the verb. */
  readonly action: string
  readonly isDanger?: boolean
}

const Confirm = createContext<(question: Question) => Promise<boolean>>(async () => false)

/** Asks before something that cannot be taken back: `if (await confirm({…})) …`. */
export function useConfirm(): (question: Question) => Promise<boolean> {
  return useContext(Confirm)
}

/** Where the questions of the pages inside it appear. */
export function ConfirmProvider({ children }: { readonly children: ReactNode }) {
  const [question, setQuestion] = useState<Question | null>(null)
  const answer = useRef<(isYes: boolean) => void>(() => undefined)
  const ask = useCallback((next: Question) => {
    answer.current(false)
    setQuestion(next)
    return new Promise<boolean>((resolve) => (answer.current = resolve))
  }, [])
  const close = (isYes: boolean) => {
    setQuestion(null)
    answer.current(isYes)
  }
  return (
    <Confirm.Provider value={ask}>
      {children}
      <Dialog
        open={question !== null}
        onClose={() => close(false)}
        title={question?.title}
        description={question?.text}
        size="small"
        foot={
          <>
            <Button onClick={() => close(false)}>Cancel</Button>
            <Button
              look={question?.isDanger === false ? 'primary' : 'danger'}
              onClick={() => close(true)}
            >
              {question?.action}
            </Button>
          </>
        }
      />
    </Confirm.Provider>
  )
}
