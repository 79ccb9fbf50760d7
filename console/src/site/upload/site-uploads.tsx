import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { hasRole, useSession } from '../../api/session.ts'
import { DropAnywhere } from './drop-anywhere.tsx'
import { UploadTray } from './upload-tray.tsx'
import { UploadsProvider, useQueue } from './uploads-provider.tsx'
import { wishStore } from './uploads-store.ts'

/** Files may be dropped on every page of the site, and uploads go on in a corner of it. */
export function SiteUploads({ children }: { readonly children: ReactNode }) {
  return (
    <UploadsProvider>
      {children}
      <Corner />
    </UploadsProvider>
  )
}

function Corner() {
  const { data: session } = useSession()
  const withQueue = useQueue()
  const navigate = useNavigate()
  if (!hasRole(session, 'uploader')) return null
  const add = (files: File[]) => {
    void navigate('/upload')
    withQueue((queue) => queue.add(files, wishStore.read()))
  }
  return (
    <>
      <DropAnywhere onFiles={add} />
      <UploadTray />
    </>
  )
}
