import { Command, InvalidArgumentError } from 'commander'
import { readConfig } from '#config/config.ts'
import { readEnvironment } from '#config/environment.ts'
import { createApi } from '#edges/runner-client/api.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { toOrigin } from './origin.ts'
import { printJson, printTable } from './print.ts'
import {
  type RegisteredInstance,
  readRunnerConfigFile,
  readRunnerConfigFileIfAny,
  writeRunnerConfigFile,
} from './runner-config-file.ts'

interface Named {
  readonly config: string
  readonly server: string
  readonly name: string
}

/** `runner register`: a new entry of the file, with the token that the server gave. */
export function registerCommand(): Command {
  return withFile('register', 'register at a server, and keep the token in the file')
    .requiredOption('--server <url>', 'the server', parseServer)
    .requiredOption('--name <name>', 'what the server is to call this runner')
    .option('--registration-token <token>', 'unset: RUNNER_REGISTRATION_TOKEN')
    .option('--description <text>', 'what people are to know of it')
    .action(register)
}

/** `runner unregister`: the entry goes, here and at the server. */
export function unregisterCommand(): Command {
  return withFile('unregister', 'end a registration at its server, and take it out of the file')
    .requiredOption('--server <url>', 'the server', parseServer)
    .requiredOption('--name <name>', 'what the server calls this runner')
    .action(unregister)
}

/** `runner list`: the servers of the file, without their tokens. */
export function listCommand(): Command {
  return withFile('list', 'show the servers that the file names')
    .option('--json', 'one JSON document on standard output')
    .action(async ({ config, json }: { readonly config: string; readonly json?: true }) => {
      const { registeredInstances = [] } = await readRunnerConfigFile(config)
      const shown = registeredInstances.map(({ url, runnerName }) => ({
        url,
        name: runnerName ?? null,
      }))
      if (json) return printJson(shown)
      printTable([['SERVER', 'NAME'], ...shown.map(({ url, name }) => [url, name ?? '-'])])
    })
}

interface Registering extends Named {
  readonly registrationToken?: string
  readonly description?: string
}

async function register(options: Registering): Promise<void> {
  const { config, server, name, description } = options
  const registrationToken =
    options.registrationToken ?? readConfig(readEnvironment()).runnerRegistrationToken
  if (!registrationToken) {
    throw new ReelmillError('invalid_setting', 'A registration token is needed.')
  }
  const file = await readRunnerConfigFileIfAny(config)
  const { registeredInstances = [] } = file
  if (registeredInstances.some(isOf(options))) {
    throw new ReelmillError('invalid_setting', `${config} has ${name} at ${server} already.`)
  }
  const said = description ? { description } : {}
  const runnerToken = await createApi(server).register({ registrationToken, name, ...said })
  const added: RegisteredInstance = {
    url: server,
    runnerToken,
    runnerName: name,
    ...(description ? { runnerDescription: description } : {}),
  }
  await writeRunnerConfigFile(config, {
    ...file,
    registeredInstances: [...registeredInstances, added],
  })
  console.log(`Registered ${name} at ${server}.`)
}

async function unregister(options: Named): Promise<void> {
  const { config, server, name } = options
  const file = await readRunnerConfigFile(config)
  const { registeredInstances = [] } = file
  const found = registeredInstances.find(isOf(options))
  if (!found) throw new ReelmillError('invalid_setting', `${config} has no ${name} at ${server}.`)
  await createApi(server).unregister(found.runnerToken).catch(ignoreUnknown)
  await writeRunnerConfigFile(config, {
    ...file,
    registeredInstances: registeredInstances.filter((each) => each !== found),
  })
  console.log(`Unregistered ${name} at ${server}.`)
}

function isOf({ server, name }: Named) {
  return ({ url, runnerName }: RegisteredInstance) =>
    toOrigin(url) === server && runnerName === name
}

/** The server has forgotten it already, which is what was asked for. */
function ignoreUnknown(error: unknown): void {
  if (!(error instanceof ReelmillError) || error.code !== 'unknown_runner_token') throw error
}

function withFile(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .requiredOption('--config <file>', "the runner's file")
}

/** @throws InvalidArgumentError for what is no bare address of a server. */
export function parseServer(text: string): string {
  const origin = toOrigin(text)
  if (origin !== null) return origin
  throw new InvalidArgumentError('It must be http(s)://HOST:PORT without a path.')
}
