import type { TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import type { Role } from '#database/people-tables.ts'
import { openSite } from '../journeys/site.ts'
import type { ServerProgram } from '../support/server-program.ts'

/** The password of everybody in these tests. */
export const password = 'correct horse battery'

const adminKey = 'the-key-of-the-tests'

/** A server that trusts nobody, and calls with every right. */
export interface PeopledServer {
  readonly server: ServerProgram
  readonly dataDir: string
  readonly call: <Body>(method: string, path: string, body?: object) => Promise<Body>
}

/** Starts a server that others can reach, so that whoever wants something logs in. */
export async function openPeopledSite(
  t: TestContext,
  env: Readonly<Record<string, string>> = {},
): Promise<PeopledServer> {
  const settings = { HOST: '0.0.0.0', ADMIN_KEY: adminKey, ...env }
  const { server, dataDir } = await openSite(t, { env: settings })
  const call = async <Body>(method: string, path: string, body?: object): Promise<Body> => {
    const response = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${adminKey}`,
        connection: 'close',
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return (text === '' ? null : JSON.parse(text)) as Body
  }
  return { server, dataDir, call }
}

/** Makes somebody with the password of these tests; the id. */
export async function addPerson(
  { call }: Pick<PeopledServer, 'call'>,
  name: string,
  role: Role,
): Promise<string> {
  return (await call<{ id: string }>('POST', '/users', { name, role, password })).id
}

/** Logs in as people do, on the login page. */
export async function logIn(page: Page, name: string, secret = password): Promise<void> {
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Password').fill(secret)
  await page.getByRole('button', { name: 'Log in' }).click()
}
