/** It brings no types: what test/support/s3-server.ts needs of it. */
declare module 's3rver' {
  import type { Server } from 'node:http'

  export default class S3rver {
    constructor(options: {
      readonly address: string
      readonly port: number
      readonly silent: boolean
      readonly directory: string
    })
    run(): Promise<{ readonly port: number }>
    readonly httpServer: Server
  }
}
