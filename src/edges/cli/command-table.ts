import type { Command } from 'commander'

/** A command before its code is loaded. */
export interface CommandEntry {
  readonly name: string
  readonly summary: string
  readonly load: () => Promise<Command>
}

/**
 * Every command, in the order of the help. Each loads its own code only: a runner's never reaches
 * the database, and none waits for what it does not use.
 */
export const commandTable: readonly CommandEntry[] = [
  {
    name: 'serve',
    summary: 'run the server with its local runners, and take in the given files',
    load: async () => (await import('./serve.ts')).serveCommand(),
  },
  {
    name: 'runner',
    summary: 'take jobs from a server, on this machine or another',
    load: async () => (await import('./runner.ts')).runnerCommand(),
  },
  {
    name: 'transcode',
    summary: 'turn a file into a folder of streams, no server needed',
    load: async () => (await import('./transcode.ts')).transcodeCommand(),
  },
  {
    name: 'check',
    summary: 'judge any HLS or DASH output by the rules',
    load: async () => (await import('./check.ts')).checkCommand(),
  },
  {
    name: 'videos',
    summary: 'list, show, delete, cancel or retry videos',
    load: async () => (await import('./videos.ts')).videosCommand(),
  },
  {
    name: 'jobs',
    summary: 'show, cancel or delete what runners do and are to do',
    load: async () => (await import('./jobs.ts')).jobsCommand(),
  },
  {
    name: 'runners',
    summary: 'show, drain, disable, enable or remove runners',
    load: async () => (await import('./runners.ts')).runnersCommand(),
  },
  {
    name: 'token',
    summary: 'create, list or revoke the tokens that runners register with',
    load: async () => (await import('./token.ts')).tokenCommand(),
  },
  {
    name: 'profiles',
    summary: 'show, save or delete what outputs are wanted',
    load: async () => (await import('./profiles.ts')).profilesCommand(),
  },
  {
    name: 'user',
    summary: 'create, list, change or delete the people who log in',
    load: async () => (await import('./user.ts')).userCommand(),
  },
  {
    name: 'key',
    summary: 'create, list or revoke the keys that programs show',
    load: async () => (await import('./key.ts')).keyCommand(),
  },
  {
    name: 'webhooks',
    summary: 'show, make, test and remove webhooks, and send again what they missed',
    load: async () => (await import('./webhooks.ts')).webhooksCommand(),
  },
  {
    name: 'policy',
    summary: 'show or change what may be turned while everything runs',
    load: async () => (await import('./policy.ts')).policyCommand(),
  },
  {
    name: 'sweep',
    summary: 'remove objects of the storage that no video has',
    load: async () => (await import('./sweep.ts')).sweepCommand(),
  },
  {
    name: 'hooks',
    summary: 'list the calls of functions in processes, or make one once more',
    load: async () => (await import('./hooks.ts')).hooksCommand(),
  },
  {
    name: 'migrate',
    summary: 'bring the database to the schema of this program',
    load: async () => (await import('./migrate.ts')).migrateCommand(),
  },
]
