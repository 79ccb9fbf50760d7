import { Check, Copy as CopyIcon } from 'lucide-react'
import { useEffect, useState } from 'react'
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
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }
  return (
    <div className={styles['box']}>
      <code className={styles['text']}>{text}</code>
      <IconButton
        label={isCopied ? 'Copied' : `Copy ${label}`}
        size="small"
        onClick={() => void copy()}
      >
        {isCopied ? <Check /> : <CopyIcon />}
      </IconButton>
    </div>
  )
}
