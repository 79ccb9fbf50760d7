import { createRoot } from 'react-dom/client'
import { root } from '../api/root.ts'
import '../ui/base.css'
import { Embed } from './embed.tsx'

const [id = ''] = location.pathname
  .slice(root.pathname.length)
  .replace(/^embed\//, '')
  .split('/')
const place = document.querySelector('#root')
if (place) createRoot(place).render(<Embed id={decodeURIComponent(id)} />)
