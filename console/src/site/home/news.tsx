import { Button } from '../../ui/button.tsx'
import { countOf } from '../../words/amounts.ts'
import styles from './grid.module.css'

/** Says that new videos are there, to somebody who reads further down. */
export function News({ count, onShow }: { readonly count: number; readonly onShow: () => void }) {
  return (
    <div className={styles['news']} role="status">
      {count > 0 ? (
        <Button look="primary" size="small" onClick={onShow}>
          {countOf(count, 'new video')}
        </Button>
      ) : null}
    </div>
  )
}
