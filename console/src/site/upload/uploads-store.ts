import type { Video } from '../../api/client.ts'
import { createStore } from './store.ts'
import type { Upload } from './upload.ts'

/** The uploads of this page, whether what sends them is loaded yet or not. */
export const uploadsStore = createStore<readonly Upload[]>([])

/** What the next files that are chosen or dropped become. */
export interface NextWish {
  /** null: the server's own. */
  readonly profile: string | null
  readonly visibility: Video['visibility']
}

/** One wish for all pages, as files may be dropped on each of them. */
export const wishStore = createStore<NextWish>({ profile: null, visibility: 'public' })
