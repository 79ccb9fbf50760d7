import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { client, read } from '../../api/client.ts'
import { useTell } from '../../ui/toasts.tsx'

async function listWebhooks() {
  return (await read(client.GET('/api/v1/webhooks'))).webhooks
}

async function listEventTypes() {
  return (await read(client.GET('/api/v1/webhooks/event-types'))).eventTypes
}

function getDelivery(id: string) {
  return read(client.GET('/api/v1/webhooks/deliveries/{id}', { params: { path: { id } } }))
}

function listDeliveries(filter: DeliveryFilter, cursor: string | null) {
  const query = { ...filter, limit: 25, ...(cursor === null ? {} : { cursor }) }
  return read(client.GET('/api/v1/webhooks/deliveries', { params: { query } }))
}

/** Things of the API as it shows them. */
export type Webhook = Awaited<ReturnType<typeof listWebhooks>>[number]
export type Delivery = Awaited<ReturnType<typeof listDeliveries>>['deliveries'][number]
export type DeliveryDetails = Awaited<ReturnType<typeof getDelivery>>

/** Which deliveries are listed. */
export interface DeliveryFilter {
  readonly webhookId?: string
  readonly videoId?: string
  readonly state?: 'pending' | 'delivered' | 'failed'
  readonly type?: string
}

/** All endpoints. */
export function useWebhooks() {
  return useQuery({ queryKey: ['webhooks', 'list'], queryFn: listWebhooks })
}

/** What can be told. */
export function useEventTypes() {
  return useQuery({
    queryKey: ['event-types'],
    queryFn: listEventTypes,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Deliveries from the newest, page by page. */
export function useDeliveries(filter: DeliveryFilter) {
  return useInfiniteQuery({
    queryKey: ['webhooks', 'deliveries', filter],
    queryFn: ({ pageParam }) => listDeliveries(filter, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  })
}

/** A delivery with its body and calls; nothing while there is no id. */
export function useDelivery(id: string | null) {
  return useQuery({
    queryKey: ['webhooks', 'delivery', id],
    queryFn: () => getDelivery(id ?? ''),
    enabled: id !== null,
  })
}

interface Doing<Input, Output> {
  readonly run: (input: Input) => Promise<Output>
  /** What is told when it is done; null: nothing, since it shows. */
  readonly done: (output: Output, input: Input) => string | null
  readonly failed: string
}

/** Something that is done with webhooks: tells how it went, and what is shown is read anew. */
export function useDoing<Input, Output>({ run, done, failed }: Doing<Input, Output>) {
  const queries = useQueryClient()
  const tell = useTell()
  return useMutation({
    mutationFn: run,
    onSuccess: (output, input) => {
      const text = done(output, input)
      if (text !== null) tell.good(text)
      return queries.invalidateQueries({ queryKey: ['webhooks'] })
    },
    onError: (error) => tell.bad(failed, error),
  })
}
