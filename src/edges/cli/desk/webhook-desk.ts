import type { CreatedEndpoint, NewEndpoint } from '#webhooks/create-endpoint.ts'
import type { DeliveryDetails, DeliveryFilter, DeliveryView } from '#webhooks/delivery.ts'
import type { EndpointView } from '#webhooks/endpoint.ts'
import type { EndpointChange } from '#webhooks/update-endpoint.ts'

/** What an operator does with webhooks from a command line, on this machine's data or on a server. */
export interface WebhookDesk {
  list(): Promise<readonly EndpointView[]>
  create(about: NewEndpoint): Promise<CreatedEndpoint>
  /** Each of these fails with `webhook_not_found` where there is none. */
  update(id: string, change: EndpointChange): Promise<EndpointView>
  delete(id: string): Promise<void>
  rotate(id: string, keepOldSeconds: number): Promise<CreatedEndpoint>
  test(id: string): Promise<DeliveryDetails>
  /** The newest first. */
  listDeliveries(filter: DeliveryFilter): Promise<readonly DeliveryView[]>
  getDelivery(id: string): Promise<DeliveryDetails>
  replay(deliveryId: string): Promise<DeliveryDetails>
  /** All that failed of a webhook since a time; how many they are. */
  replayFailed(id: string, since: Date): Promise<number>
  /** What calls of videos' own addresses are signed with. */
  readVideoSecret(): Promise<string>
  close(): Promise<void>
}
