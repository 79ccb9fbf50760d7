import styles from './name-list.module.css'

const mostNames = 6

/** A sentence and the names that it is about, the first of many. */
export function NameList({
  text,
  names,
}: {
  readonly text: string
  readonly names: readonly string[]
}) {
  const rest = names.length - mostNames
  return (
    <>
      <p>{text}</p>
      <ul className={styles['names']}>
        {names.slice(0, rest === 1 ? names.length : mostNames).map((name, index) => (
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index}>{name}</li>
        ))}
        {rest > 1 ? <li>and {rest} more</li> : null}
      </ul>
    </>
  )
}
