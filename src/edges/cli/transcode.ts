import { resolve } from 'node:path'
import { Command } from 'commander'

interface Options {
  readonly output: string
  readonly profile: string
  readonly runners?: string
  readonly overwrite?: true
  readonly json?: true
}

/** `transcode FILE -o DIR` */
export function transcodeCommand(): Command {
  return new Command('transcode')
    .description('Turn a file into a folder of HLS and DASH streams. No server need be running.')
    .argument('<file>', 'the video')
    .requiredOption('-o, --output <dir>', 'folder for the result; new or empty')
    .option('-p, --profile <name>', 'name of a profile, or a file that holds one', 'default')
    .option('--runners <n>', 'processes that encode', '1')
    .option('--overwrite', 'replace what is in the folder')
    .option('--json', 'print the video as JSON; nothing else goes to standard output')
    .action(async (file: string, options: Options) => {
      const { transcode } = await import('./transcode/transcode.ts')
      await transcode({
        file: resolve(file),
        outputDir: resolve(options.output),
        profile: options.profile,
        runners: options.runners ?? '1',
        overwrite: options.overwrite ?? false,
        json: options.json ?? false,
      })
    })
}
