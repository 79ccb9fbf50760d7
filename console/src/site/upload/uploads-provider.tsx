import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react'
import { hasRole, useSession, useSite } from '../../api/session.ts'
import { useTell } from '../../ui/toasts.tsx'
import type { UploadQueue } from './queue.ts'
import { createOpener, type QueueOpener } from './queue-opener.ts'
import { isRemembered } from './remembered.ts'
import type { Upload } from './upload.ts'
import { uploadsStore } from './uploads-store.ts'

/** null where one may not upload. */
const Uploads = createContext<QueueOpener | null>(null)

/** The uploads of this page, renewed whenever something of them changes. */
export function useUploads(): readonly Upload[] {
  return useSyncExternalStore(uploadsStore.subscribe, uploadsStore.read)
}

/** Does something with what sends uploads, once it is loaded. */
export function useQueue(): (work: (queue: UploadQueue) => void) => void {
  const opener = useContext(Uploads)
  return useCallback((work) => void opener?.open().then(work), [opener])
}

/** Uploads go on while people go from page to page inside it. */
export function UploadsProvider({ children }: { readonly children: ReactNode }) {
  const { data: session } = useSession()
  const { data: site } = useSite()
  const tell = useTell()
  // Each has their own, also on a device that several use.
  const who = hasRole(session, 'uploader') ? `reelmill-${session?.user?.id ?? 'machine'}` : null
  // A session that ends by itself stops no upload: an upload's address is all that it takes.
  const [id, setId] = useState(who)
  if (who !== null && who !== id) setId(who)
  // The first that is known: another opener would cut off what the one before it sends.
  const [maxBytes, setMaxBytes] = useState(site?.sourceMaxBytes ?? null)
  if (maxBytes === null && site) setMaxBytes(site.sourceMaxBytes)
  const opener = useMemo(
    () => (id === null || maxBytes === null ? null : createOpener(id, maxBytes, tell)),
    [id, maxBytes, tell],
  )
  useEffect(() => {
    if (id !== null && isRemembered(id)) void opener?.open()
    return () => opener?.close()
  }, [id, opener])
  return <Uploads.Provider value={opener}>{children}</Uploads.Provider>
}
