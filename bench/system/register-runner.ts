interface Registration {
  readonly server: string
  readonly registrationToken: string
  readonly name: string
  /** ffmpeg's names of the encoders that it says it has. */
  readonly encoders?: readonly string[]
}

/** Makes a runner known to a server; returns its token. */
export async function registerRunner({ server, ...said }: Registration): Promise<string> {
  const response = await fetch(`${server}/api/v1/runners/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(said),
  })
  if (!response.ok) throw new Error(`register: ${response.status} ${await response.text()}`)
  const { runnerToken } = (await response.json()) as { readonly runnerToken: string }
  return runnerToken
}
