import { Route, Routes } from 'react-router'
import { ProfileList } from './profile-list.tsx'
import { ProfilePage } from './profile-page.tsx'

/** What outputs are wanted: all profiles, and each of them to be edited. */
export default function ProfilesPage() {
  return (
    <Routes>
      <Route index element={<ProfileList />} />
      <Route path=":name" element={<ProfilePage />} />
    </Routes>
  )
}
