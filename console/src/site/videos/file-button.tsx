import { useRef } from 'react'
import { Button, type ButtonProps } from '../../ui/button.tsx'

/** A button that lets one pick files, and hands them on. */
export function FileButton({
  accept,
  multiple = false,
  onFiles,
  ...button
}: ButtonProps & {
  /** As of an input of files: `video/*`. */
  readonly accept: string
  readonly multiple?: boolean
  readonly onFiles: (files: File[]) => void
}) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button {...button} onClick={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        hidden
        tabIndex={-1}
        accept={accept}
        multiple={multiple}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])])
          // The same file may be picked again.
          currentTarget.value = ''
        }}
      />
    </>
  )
}
