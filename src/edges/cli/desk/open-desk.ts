import type { VideoDesk } from './desk.ts'
import type { FleetDesk } from './fleet-desk.ts'
import type { DeskOptions } from './options.ts'
import type { PeopleDesk } from './people-desk.ts'
import type { PolicyDesk } from './policy-desk.ts'
import type { ProfileDesk } from './profile-desk.ts'
import type { WebhookDesk } from './webhook-desk.ts'

/** The desk of a server, or of this machine's own data: only one of the two is loaded. */
export async function openDesk(server: string | null, key: string | null): Promise<VideoDesk> {
  if (server === null) return (await import('./local-desk.ts')).openLocalDesk()
  return (await import('./server-desk.ts')).openServerDesk(server, key)
}

/** The same for runners, jobs and tokens; closed when `run` has ended. */
export async function withFleetDesk(
  { server, key }: DeskOptions,
  run: (desk: FleetDesk) => Promise<void>,
): Promise<void> {
  const desk =
    server === undefined
      ? await (await import('./local-fleet-desk.ts')).openLocalFleetDesk()
      : (await import('./server-fleet-desk.ts')).openServerFleetDesk(server, key ?? null)
  try {
    await run(desk)
  } finally {
    await desk.close()
  }
}

/** The same for people and keys. */
export async function withPeopleDesk(
  { server, key }: DeskOptions,
  run: (desk: PeopleDesk) => Promise<void>,
): Promise<void> {
  const desk =
    server === undefined
      ? await (await import('./local-people-desk.ts')).openLocalPeopleDesk()
      : (await import('./server-people-desk.ts')).openServerPeopleDesk(server, key ?? null)
  try {
    await run(desk)
  } finally {
    await desk.close()
  }
}

/** The same for webhooks. */
export async function withWebhookDesk(
  { server, key }: DeskOptions,
  run: (desk: WebhookDesk) => Promise<void>,
): Promise<void> {
  const desk =
    server === undefined
      ? await (await import('./local-webhook-desk.ts')).openLocalWebhookDesk()
      : (await import('./server-webhook-desk.ts')).openServerWebhookDesk(server, key ?? null)
  try {
    await run(desk)
  } finally {
    await desk.close()
  }
}

/** The same for policies. */
export async function withPolicyDesk(
  { server, key }: DeskOptions,
  run: (desk: PolicyDesk) => Promise<void>,
): Promise<void> {
  const desk =
    server === undefined
      ? await (await import('./local-policy-desk.ts')).openLocalPolicyDesk()
      : (await import('./server-policy-desk.ts')).openServerPolicyDesk(server, key ?? null)
  try {
    await run(desk)
  } finally {
    await desk.close()
  }
}

/** The same for profiles. */
export async function withProfileDesk(
  { server, key }: DeskOptions,
  run: (desk: ProfileDesk) => Promise<void>,
): Promise<void> {
  const desk =
    server === undefined
      ? await (await import('./local-profile-desk.ts')).openLocalProfileDesk()
      : (await import('./server-profile-desk.ts')).openServerProfileDesk(server, key ?? null)
  try {
    await run(desk)
  } finally {
    await desk.close()
  }
}
