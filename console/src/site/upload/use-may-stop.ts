import { useConfirm } from '../../ui/confirm.tsx'
import { countOf } from '../../words/amounts.ts'
import { isLeftWithLoss } from './kept.ts'
import { uploadsStore } from './uploads-store.ts'

/** Asks before one logs out, where uploads stop by it. */
export function useMayStop(): () => Promise<boolean> {
  const confirm = useConfirm()
  return async () => {
    const uploads = uploadsStore.read()
    const left = uploads.filter(({ phase }) => phase !== 'done' && phase !== 'lost').length
    if (left === 0) return true
    const isLoss = isLeftWithLoss(uploads)
    return confirm({
      title: `Log out before ${countOf(left, 'video')} ${left === 1 ? 'has' : 'have'} arrived?`,
      text: isLoss
        ? 'What has arrived of large files is kept for a day. Log in here and choose them again, and they go on.'
        : 'They go on when you log in here again within a day.',
      action: 'Log out',
      isDanger: isLoss,
    })
  }
}
