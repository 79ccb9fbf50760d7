import { createLogger } from '#config/log.ts'
import { openStepQueue } from '#database/step-queue.ts'

// A process that takes a step of the database in its first argument and never ends it: to be killed.
// It says so on standard output when it is ready, and when it has the step.

const [, , connectionString = ''] = process.argv
const queue = await openStepQueue({ connectionString }, createLogger({ logLevel: 'warn' }))
await queue.work('hanging', async () => {
  process.stdout.write('taken\n')
  await new Promise<void>(() => undefined)
})
await queue.start()
process.stdout.write('ready\n')
