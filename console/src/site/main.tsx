import { startApp } from '../ui/app.tsx'
import { SiteApp } from './site-app.tsx'

startApp('', <SiteApp />)
