import { startApp } from './app.ts'
import { connectToReelmill } from './reelmill.ts'

// The one command: `npm run example`. PORT says where the application listens (3000), REELMILL_URL and
// REELMILL_KEY which Reelmill it uses; without them it starts one of its own in ./data/example.

const port = Number(process.env['PORT'] ?? 3000)
const reelmill = await connectToReelmill(process.env)
const app = await startApp(port, reelmill)
console.log(`The application is at ${app.url}, its Reelmill at ${reelmill.url}`)

let isEnding = false
process.on('SIGINT', () => void end())
process.on('SIGTERM', () => void end())

async function end(): Promise<void> {
  if (isEnding) return
  isEnding = true
  app.close()
  await reelmill.close()
}
