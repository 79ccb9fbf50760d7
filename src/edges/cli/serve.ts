import { resolve } from 'node:path'
import { Command } from 'commander'
import { describeSettings, readConfig } from '#config/config.ts'
import { readEnvironment } from '#config/environment.ts'

/** `serve [files...]`: the server, until it is told to stop. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('Run the server with its local runners, and take in the given files.')
    .argument('[files...]', 'videos to take in; their watch pages are printed')
    .addHelpText(
      'after',
      `\nSettings, as environment variables or lines of a .env file:\n${describeSettings()}`,
    )
    .action(async (files: string[]) => {
      const config = readConfig(readEnvironment())
      const { runServer } = await import('./run-server.ts')
      await runServer(config, { files: files.map((file) => resolve(file)) })
    })
}
