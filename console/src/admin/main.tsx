import { startApp } from '../ui/app.tsx'
import { AdminApp } from './admin-app.tsx'

startApp('console', <AdminApp />)
