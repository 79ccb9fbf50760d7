import { hasRole, useSession } from '../../api/session.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Empty } from '../../ui/states.tsx'
import { KeysCard } from './keys-card.tsx'
import styles from './people.module.css'
import { UsersCard } from './users-card.tsx'

/** Who may do what: people, and the keys of programs (P-77). */
export default function PeoplePage() {
  const { data: session } = useSession()
  return (
    <>
      <PageHead title="Keys and users" />
      {hasRole(session, 'admin') ? (
        <div className={styles['page']}>
          <UsersCard />
          <KeysCard />
        </div>
      ) : (
        <Empty title="Keys and users are for administrators." />
      )}
    </>
  )
}
