import { Check, Copy as CopyIcon } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { IconButton } from './button.tsx'
import styles from './copy.module.css'

/** A text to take away: shown as it is, with a button that copies it. */
export function CopyBox({ text, label }: { readonly text: string; readonly label: string }) {
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [isCopied])
  const [isMarked, setMarked] = useState(false)
  const shown = useRef<HTMLElement>(null)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
      setMarked(false)
    } catch {
      // Browsers let pages copy by https and on their own machine alone; elsewhere people do it.
      if (shown.current) getSelection()?.selectAllChildren(shown.current)
      setMarked(true)
    }
  }
  return (
    <div className={styles['box']}>
      <code ref={shown} className={styles['text']}>
        {text}
      </code>
      <IconButton
        label={isCopied ? 'Copied' : `Copy ${label}`}
        size="small"
        onClick={() => void copy()}
      >
        {isCopied ? <Check /> : <CopyIcon />}
      </IconButton>
      {isMarked ? (
        <p className={styles['said']} role="status">
          It is marked: copy it with the keyboard or the menu of your browser.
        </p>
      ) : null}
    </div>
  )
}
