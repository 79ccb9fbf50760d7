import { addressOf } from '../api/root.ts'
import { useLogin } from '../api/session.ts'
import { useTell } from './toasts.tsx'

const always = async () => true

/**
 * Logs out and goes to the first page; where that cannot be done, it says so.
 *
 * @param mayEnd asked before, where something under way ends with it.
 */
export function useLogOut(mayEnd: () => Promise<boolean> = always): () => Promise<void> {
  const { logOut } = useLogin()
  const tell = useTell()
  return async () => {
    try {
      if (!(await mayEnd())) return
      await logOut()
      location.assign(addressOf(''))
    } catch (error) {
      tell.bad('You could not be logged out.', error)
    }
  }
}
