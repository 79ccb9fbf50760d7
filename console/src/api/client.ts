import { type components, createReelmillClient, type ReelmillClient } from '#client/index.ts'
import { root } from './root.ts'

export { ReelmillProblem, type Video } from '#client/index.ts'

/** Things of the API by their names in openapi.json. */
export type Schemas = components['schemas']

/** The server's API, typed from openapi.json; the session's cookie says who calls. */
export const client: ReelmillClient = createReelmillClient({
  baseUrl: root.href.replace(/\/$/, ''),
})

/**
 * What a call answers: `await read(client.GET('/api/v1/videos/{id}', …))`.
 *
 * @throws ReelmillProblem with the server's sentence where it refuses.
 */
export async function read<Data>(call: Promise<{ data?: Data | undefined }>): Promise<Data> {
  const { data } = await call
  // Sound: what is no success was thrown by the client; 204 has no data and nobody reads it.
  return data as Data
}
