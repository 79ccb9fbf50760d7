// Generated from openapi.json by `npm run generate`.

export interface paths {
  '/api/v1/uploads/tickets': {
    /** Let somebody without a key upload one kind of video for a while */
    post: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            readonly name?: string
            readonly profile?: string
            /** What the names of whole files begin with (profiles by the rules of `marsha`) */
            readonly baseName?: string
            /** The application's own data, kept and given back as it is */
            readonly metadata?: { readonly [name: string]: unknown }
            /** Who may see and watch it: everybody, or its owner and operators */
            readonly visibility?: 'public' | 'private'
            /** Told of what happens to this video */
            readonly webhookUrl?: string
            /** How the bodies of webhooks are written; docs/webhooks.md has them all */
            readonly webhookFormat?: 'standard' | 'request_reference' | 'assembly' | 'ancestor'
            /** The application's or a processor's own name for it; unique */
            readonly externalId?: string
            /** The upload is a new version of this video */
            readonly videoId?: string
            /** Largest file */
            readonly maxBytes?: number
            /** How long an upload can be begun with it */
            readonly expiresSeconds?: number
          }
        }
      }
      responses: {
        201: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              /** For `Upload-Metadata`, as `ticket` */
              readonly ticket: string
              readonly expiresAt: string
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/videos': {
    /** Videos, from the newest to the oldest */
    get: {
      parameters: {
        query?: {
          /** Any of these; may be repeated */
          state?: (
            | 'uploading'
            | 'probing'
            | 'planning'
            | 'encoding'
            | 'packaging'
            | 'publishing'
            | 'published'
            | 'failed'
            | 'cancelled'
          )[]
          /** A user’s id, or `me` */
          owner?: string
          profile?: string
          /** Who may see and watch it: everybody, or its owner and operators */
          visibility?: 'public' | 'private'
          playable?: boolean
          externalId?: string
          /** A part of the name */
          q?: string
          createdAfter?: string
          createdBefore?: string
          sort?: '-createdAt' | 'createdAt' | 'name' | '-name'
          /** `next` of a page */
          cursor?: string
          limit?: number
        }
        path?: never
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              /** From the newest to the oldest */
              readonly videos: components['schemas']['Video'][]
              readonly next: string | null
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
    /** Make a video of an address, an object or a file; or one that waits for its upload */
    post: {
      parameters: {
        query?: never
        path?: never
        header?: {
          /** A text of your choice. The same request with it makes one video, for a day; another one with it is refused */
          'idempotency-key'?: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            readonly name?: string
            readonly source?: {
              /** A file of the server's machine */
              readonly path?: string
              /** Fetched from there (http, https) */
              readonly url?: string
              /** An object that is in the storage already; it is never removed */
              readonly key?: string
            }
            readonly profile?: string
            /** What the names of whole files begin with (profiles by the rules of `marsha`) */
            readonly baseName?: string
            /** The application's own data, kept and given back as it is */
            readonly metadata?: { readonly [name: string]: unknown }
            /** Who may see and watch it: everybody, or its owner and operators */
            readonly visibility?: 'public' | 'private'
            /** Told of what happens to this video */
            readonly webhookUrl?: string
            /** How the bodies of webhooks are written; docs/webhooks.md has them all */
            readonly webhookFormat?: 'standard' | 'request_reference' | 'assembly' | 'ancestor'
            /** The application's or a processor's own name for it; unique */
            readonly externalId?: string
          }
        }
      }
      responses: {
        201: {
          headers: { [name: string]: unknown }
          content: { 'application/json': components['schemas']['Video'] }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/videos/{id}': {
    /** A video */
    get: {
      parameters: {
        query?: never
        path: {
          /** Id of the video */
          id: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: { 'application/json': components['schemas']['Video'] }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
    /** Change what people say of a video */
    patch: {
      parameters: {
        query?: never
        path: {
          /** Id of the video */
          id: string
        }
        header?: {
          /** The ETag of the video */
          'if-match'?: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            readonly name?: string
            /** The application's own data, kept and given back as it is */
            readonly metadata?: { readonly [name: string]: unknown }
            /** Who may see and watch it: everybody, or its owner and operators */
            readonly visibility?: 'public' | 'private'
            readonly webhookUrl?: string | null
            readonly externalId?: string | null
            readonly ownerId?: string | null
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: { 'application/json': components['schemas']['Video'] }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
    /** Delete a video with all its files */
    delete: {
      parameters: {
        query?: never
        path: {
          /** Id of the video */
          id: string
        }
        header?: {
          /** The ETag of the video */
          'if-match'?: string
        }
        cookie?: never
      }
      responses: {
        204: { headers: { [name: string]: unknown }; content: { [name: string]: never } }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/videos/{id}/events': {
    /** What happens to a video, as server-sent events */
    get: {
      parameters: {
        query?: never
        path: {
          /** Id of the video */
          id: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'text/event-stream': string } }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/videos/{id}/initiate-upload': {
    /** Get an address to upload a video to, past this server */
    post: {
      parameters: {
        query?: never
        path: {
          /** Id of the video */
          id: string
        }
        header?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            readonly filename?: string
            /** May be blank; audio/… for sound */
            readonly mimetype?: string
            /** Bytes of the file */
            readonly size?: number
            /** POST, a form, unless said otherwise */
            readonly method?: 'POST' | 'PUT'
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json':
              | {
                  readonly url: string
                  readonly fields: { readonly [name: string]: string }
                }
              | {
                  readonly method: 'PUT'
                  readonly url: string
                  readonly headers: { readonly [name: string]: string }
                  /** The `file_key` to end the upload with */
                  readonly key: string
                }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/videos/{id}/upload-ended': {
    /** Say that a presigned upload has ended; its journey begins */
    post: {
      parameters: {
        query?: never
        path: {
          /** Id of the video */
          id: string
        }
        header?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            readonly file_key?: unknown
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: { 'application/json': components['schemas']['Video'] }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/videos/{id}/thumbnails/{attachmentId}/initiate-upload': {
    /** Get an address to upload a thumbnail to */
    post: {
      parameters: {
        query?: never
        path: {
          id: string
          attachmentId: string
        }
        header?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            readonly filename?: string
            /** May be blank; audio/… for sound */
            readonly mimetype?: string
            /** Bytes of the file */
            readonly size?: number
            /** POST, a form, unless said otherwise */
            readonly method?: 'POST' | 'PUT'
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json':
              | {
                  readonly url: string
                  readonly fields: { readonly [name: string]: string }
                }
              | {
                  readonly method: 'PUT'
                  readonly url: string
                  readonly headers: { readonly [name: string]: string }
                  /** The `file_key` to end the upload with */
                  readonly key: string
                }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/videos/{id}/thumbnails/{attachmentId}/upload-ended': {
    /** Say that an upload of a thumbnail has ended */
    post: {
      parameters: {
        query?: never
        path: {
          id: string
          attachmentId: string
        }
        header?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            readonly file_key?: unknown
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: { 'application/json': components['schemas']['Video'] }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/videos/{id}/thumbnails': {
    /** Make room for a thumbnail of a video */
    post: {
      parameters: {
        query?: never
        path: {
          id: string
        }
        header?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** BCP 47; of subtitles */
            readonly language?: string
          }
        }
      }
      responses: {
        201: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly id: string
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/videos/{id}/thumbnails/{attachmentId}': {
    /** Take a thumbnail away from a video */
    delete: {
      parameters: {
        query?: never
        path: {
          id: string
          attachmentId: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        204: { headers: { [name: string]: unknown }; content: { [name: string]: never } }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/videos/{id}/timedtexttracks/{attachmentId}/initiate-upload': {
    /** Get an address to upload subtitles to */
    post: {
      parameters: {
        query?: never
        path: {
          id: string
          attachmentId: string
        }
        header?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            readonly filename?: string
            /** May be blank; audio/… for sound */
            readonly mimetype?: string
            /** Bytes of the file */
            readonly size?: number
            /** POST, a form, unless said otherwise */
            readonly method?: 'POST' | 'PUT'
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json':
              | {
                  readonly url: string
                  readonly fields: { readonly [name: string]: string }
                }
              | {
                  readonly method: 'PUT'
                  readonly url: string
                  readonly headers: { readonly [name: string]: string }
                  /** The `file_key` to end the upload with */
                  readonly key: string
                }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/videos/{id}/timedtexttracks/{attachmentId}/upload-ended': {
    /** Say that an upload of subtitles has ended */
    post: {
      parameters: {
        query?: never
        path: {
          id: string
          attachmentId: string
        }
        header?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            readonly file_key?: unknown
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: { 'application/json': components['schemas']['Video'] }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/videos/{id}/timedtexttracks': {
    /** Make room for subtitles of a video */
    post: {
      parameters: {
        query?: never
        path: {
          id: string
        }
        header?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** BCP 47; of subtitles */
            readonly language?: string
          }
        }
      }
      responses: {
        201: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly id: string
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/videos/{id}/timedtexttracks/{attachmentId}': {
    /** Take subtitles away from a video */
    delete: {
      parameters: {
        query?: never
        path: {
          id: string
          attachmentId: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        204: { headers: { [name: string]: unknown }; content: { [name: string]: never } }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/videos/upload': {
    /** Upload a video */
    post: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      responses: {
        201: {
          headers: { [name: string]: unknown }
          content: { 'application/json': components['schemas']['Video'] }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/videos/plan': {
    /** What would be done for a source; nothing is started or kept */
    post: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            readonly source?: {
              /** A file of the server's machine */
              readonly path?: string
              /** Fetched from there (http, https) */
              readonly url?: string
              /** An object that is in the storage already; it is never removed */
              readonly key?: string
            }
            /** Instead of a source: the one that a video has */
            readonly videoId?: string
            readonly profile?: string
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              /** What probing found */
              readonly media: {}
              /** What would be done, in full */
              readonly plan: {}
              /** The plan in figures */
              readonly outline: {
                readonly profile: string
                readonly durationSeconds: number
                readonly renditions: {
                  readonly name: string
                  readonly kind: 'video' | 'audio'
                  readonly codec: string
                  readonly width: number | null
                  readonly height: number | null
                  readonly maxrateBps: number | null
                  readonly estimatedBytes: number | null
                }[]
                readonly chunks: number
                readonly segments: number | null
                /** That runners would be offered */
                readonly jobs: number
                readonly estimatedBytes: number | null
              }
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/videos/bulk': {
    /** Cancel, retry or delete many videos */
    post: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            readonly action: 'cancel' | 'retry' | 'delete'
            readonly ids: string[]
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              /** 0: none was done; 1: all; 2: some */
              readonly success: 0 | 1 | 2
              readonly results: {
                readonly id: string
                readonly success: boolean
                /** Stable; one of docs/errors.md */
                readonly code?: string
                /** A sentence */
                readonly error?: string
              }[]
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/videos/{id}/cancel': {
    /** Stop the work on a video */
    post: {
      parameters: {
        query?: never
        path: {
          /** Id of the video */
          id: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: { 'application/json': components['schemas']['Video'] }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/videos/{id}/retry': {
    /** Take up a failed or cancelled video again */
    post: {
      parameters: {
        query?: never
        path: {
          /** Id of the video */
          id: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: { 'application/json': components['schemas']['Video'] }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/videos/{id}/chunks': {
    /** The chunk map: every chunk of a video with the jobs that encode it */
    get: {
      parameters: {
        query?: {
          /** The latest when left out */
          version?: number
          /** `next` of a map: only what changed after it */
          since?: string
        }
        path: {
          /** Id of the video */
          id: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly version: number
              readonly state:
                | 'uploading'
                | 'probing'
                | 'planning'
                | 'encoding'
                | 'packaging'
                | 'publishing'
                | 'published'
                | 'failed'
                | 'cancelled'
              /** Another one: other chunks, or other jobs */
              readonly layout: string
              /** To be given as `since` */
              readonly next: string
              /** False: only what changed since `since` */
              readonly complete: boolean
              readonly durationSeconds: number | null
              readonly renditions: {
                readonly name: string
                readonly kind: 'video' | 'audio'
                readonly width: number | null
                readonly height: number | null
                readonly cpuSeconds: number | null
              }[]
              readonly chunks: {
                readonly index: number
                readonly firstFrame: number
                readonly lastFrame: number | null
                readonly startSeconds: number
                readonly endSeconds: number | null
                readonly firstSegment: number
                readonly segments: number | null
                /** Segments that are there and checked, by rendition */
                readonly done: { readonly [name: string]: number }
                readonly jobs: {
                  readonly uuid: string
                  readonly type: string
                  readonly label: string
                  readonly state:
                    | 'pending'
                    | 'processing'
                    | 'completed'
                    | 'errored'
                    | 'waiting_for_parent'
                    | 'cancelled'
                    | 'parent_errored'
                    | 'parent_cancelled'
                    | 'completing'
                  readonly renditions: string[]
                  readonly runner: string | null
                  /** Failed tries */
                  readonly failures: number
                  readonly error: {
                    readonly code: string
                    readonly message: string
                  } | null
                  readonly progress: number
                  readonly startedAt: string | null
                  readonly finishedAt: string | null
                  readonly wallSeconds: number | null
                  readonly cpuSeconds: number | null
                  readonly speed: number | null
                }[]
              }[]
              readonly sound: {
                readonly uuid: string
                readonly type: string
                readonly label: string
                readonly state:
                  | 'pending'
                  | 'processing'
                  | 'completed'
                  | 'errored'
                  | 'waiting_for_parent'
                  | 'cancelled'
                  | 'parent_errored'
                  | 'parent_cancelled'
                  | 'completing'
                readonly renditions: string[]
                readonly runner: string | null
                /** Failed tries */
                readonly failures: number
                readonly error: {
                  readonly code: string
                  readonly message: string
                } | null
                readonly progress: number
                readonly startedAt: string | null
                readonly finishedAt: string | null
                readonly wallSeconds: number | null
                readonly cpuSeconds: number | null
                readonly speed: number | null
              }[]
              readonly other: {
                readonly uuid: string
                readonly type: string
                readonly label: string
                readonly state:
                  | 'pending'
                  | 'processing'
                  | 'completed'
                  | 'errored'
                  | 'waiting_for_parent'
                  | 'cancelled'
                  | 'parent_errored'
                  | 'parent_cancelled'
                  | 'completing'
                readonly renditions: string[]
                readonly runner: string | null
                /** Failed tries */
                readonly failures: number
                readonly error: {
                  readonly code: string
                  readonly message: string
                } | null
                readonly progress: number
                readonly startedAt: string | null
                readonly finishedAt: string | null
                readonly wallSeconds: number | null
                readonly cpuSeconds: number | null
                readonly speed: number | null
              }[]
              readonly totals: {
                readonly chunks: number
                readonly chunksDone: number
                /** How many, by state */
                readonly jobs: { readonly [name: string]: number }
                readonly failures: number
                readonly cpuSeconds: number
                readonly wallSeconds: number | null
              }
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/videos/{id}/versions': {
    /** The versions of a video */
    get: {
      parameters: {
        query?: never
        path: {
          /** Id of the video */
          id: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              /** The latest first */
              readonly versions: {
                readonly number: number
                readonly state:
                  | 'uploading'
                  | 'probing'
                  | 'planning'
                  | 'encoding'
                  | 'packaging'
                  | 'publishing'
                  | 'published'
                  | 'failed'
                  | 'cancelled'
                /** The one that people watch */
                readonly isPublished: boolean
                readonly error: {
                  /** Stable; one of docs/errors.md */
                  readonly code: string
                  /** A sentence for the owner of the video */
                  readonly message: string
                  readonly details?: { readonly [name: string]: unknown }
                } | null
                readonly profile: string | null
                readonly source: {
                  readonly filename: string | null
                  readonly sizeBytes: number | null
                  readonly media: {} | null
                }
                readonly outputBytes: number
                readonly cost: {
                  readonly cpuSeconds: number
                  readonly wallSeconds: number
                  readonly peakMemoryBytes: number
                }
                readonly createdAt: string
                readonly playableAt: string | null
                readonly publishedAt: string | null
              }[]
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/videos/{id}/failures': {
    /** What went wrong with a video, with the last lines of the log */
    get: {
      parameters: {
        query?: {
          limit?: number
        }
        path: {
          /** Id of the video */
          id: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              /** The latest first */
              readonly failures: {
                readonly at: string
                readonly version: number
                readonly job: {
                  readonly uuid: string
                  readonly label: string
                  readonly type: string
                } | null
                readonly runner: string | null
                /** Stable; one of docs/errors.md */
                readonly code: string
                readonly message: string
                /** The last lines that ffmpeg wrote */
                readonly log: string[]
                readonly details: { readonly [name: string]: unknown }
              }[]
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/videos/{id}/history': {
    /** What happened to a video, in pages */
    get: {
      parameters: {
        query?: {
          /** `next` of a page */
          before?: number
          limit?: number
        }
        path: {
          /** Id of the video */
          id: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              /** The latest first */
              readonly events: {
                readonly id: number
                /** As webhooks have it; docs/webhooks.md */
                readonly type: string
                readonly at: string
                readonly data: { readonly [name: string]: unknown }
              }[]
              readonly next: number | null
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/videos/{id}/jobs': {
    /** The jobs of a video, the newest first */
    get: {
      parameters: {
        query?: {
          limit?: number
        }
        path: {
          /** Id of the video */
          id: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
    /** Order extra work on what is published: transcript, storyboard, edit */
    post: {
      parameters: {
        query?: never
        path: {
          /** Id of the video */
          id: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        201: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly uuid: string
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/setup': {
    /** Make the first administrator with the one-time set-up link */
    post: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** Of the link that was printed */
            readonly token: string
            /** Told apart without regard to case */
            readonly name: string
            readonly password: string
          }
        }
      }
      responses: {
        201: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly id: string
              readonly name: string
              /** viewer: sees what is public, and what is theirs; uploader: brings videos and changes their own; operator: all videos, runners, webhooks; admin: people and keys too */
              readonly role: 'viewer' | 'uploader' | 'operator' | 'admin'
              readonly disabledAt: string | null
              readonly createdAt: string
              readonly updatedAt: string
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/sessions': {
    /** Log in; the session is in a cookie */
    post: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            readonly name: string
            readonly password: string
          }
        }
      }
      responses: {
        201: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly user: {
                readonly id: string
                readonly name: string
                /** viewer: sees what is public, and what is theirs; uploader: brings videos and changes their own; operator: all videos, runners, webhooks; admin: people and keys too */
                readonly role: 'viewer' | 'uploader' | 'operator' | 'admin'
                readonly disabledAt: string | null
                readonly createdAt: string
                readonly updatedAt: string
              }
              /** For X-CSRF-Token, where a client sends no Origin */
              readonly csrfToken: string
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/sessions/current': {
    /** Who calls */
    get: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              /** machine: anybody on the machine of a server that has no users yet */
              readonly kind: 'machine' | 'admin_key' | 'api_key' | 'user'
              /** viewer: sees what is public, and what is theirs; uploader: brings videos and changes their own; operator: all videos, runners, webhooks; admin: people and keys too */
              readonly role: 'viewer' | 'uploader' | 'operator' | 'admin'
              readonly scopes: ('videos:read' | 'videos:write' | 'runners' | 'webhooks')[] | null
              readonly user: {
                readonly id: string
                readonly name: string
                /** viewer: sees what is public, and what is theirs; uploader: brings videos and changes their own; operator: all videos, runners, webhooks; admin: people and keys too */
                readonly role: 'viewer' | 'uploader' | 'operator' | 'admin'
                readonly disabledAt: string | null
                readonly createdAt: string
                readonly updatedAt: string
              } | null
              readonly csrfToken: string | null
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
    /** Log out */
    delete: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      responses: {
        204: { headers: { [name: string]: unknown }; content: { [name: string]: never } }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/sessions/current/password': {
    /** Change one’s own password; all other sessions end */
    put: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            readonly currentPassword: string
            readonly password: string
          }
        }
      }
      responses: {
        204: { headers: { [name: string]: unknown }; content: { [name: string]: never } }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/site': {
    /** What the site shows, and who calls */
    get: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              /** Who sees the list of public videos: everybody, who is logged in, or nobody, for there are no site pages */
              readonly site: 'public' | 'members' | 'off'
              readonly caller: {
                /** machine: anybody on the machine of a server that has no users yet */
                readonly kind: 'machine' | 'admin_key' | 'api_key' | 'user'
                /** viewer: sees what is public, and what is theirs; uploader: brings videos and changes their own; operator: all videos, runners, webhooks; admin: people and keys too */
                readonly role: 'viewer' | 'uploader' | 'operator' | 'admin'
                readonly scopes: ('videos:read' | 'videos:write' | 'runners' | 'webhooks')[] | null
                readonly user: {
                  readonly id: string
                  readonly name: string
                  /** viewer: sees what is public, and what is theirs; uploader: brings videos and changes their own; operator: all videos, runners, webhooks; admin: people and keys too */
                  readonly role: 'viewer' | 'uploader' | 'operator' | 'admin'
                  readonly disabledAt: string | null
                  readonly createdAt: string
                  readonly updatedAt: string
                } | null
                readonly csrfToken: string | null
              } | null
              readonly password: {
                readonly least: number
                readonly most: number
              }
              /** Largest file that is taken in */
              readonly sourceMaxBytes: number
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/users': {
    /** Users by name */
    get: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly users: {
                readonly id: string
                readonly name: string
                /** viewer: sees what is public, and what is theirs; uploader: brings videos and changes their own; operator: all videos, runners, webhooks; admin: people and keys too */
                readonly role: 'viewer' | 'uploader' | 'operator' | 'admin'
                readonly disabledAt: string | null
                readonly createdAt: string
                readonly updatedAt: string
              }[]
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
    /** Make a user; without a password one is made, and shown only now */
    post: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** Told apart without regard to case */
            readonly name: string
            /** viewer: sees what is public, and what is theirs; uploader: brings videos and changes their own; operator: all videos, runners, webhooks; admin: people and keys too */
            readonly role: 'viewer' | 'uploader' | 'operator' | 'admin'
            readonly password?: string
          }
        }
      }
      responses: {
        201: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly id: string
              readonly name: string
              /** viewer: sees what is public, and what is theirs; uploader: brings videos and changes their own; operator: all videos, runners, webhooks; admin: people and keys too */
              readonly role: 'viewer' | 'uploader' | 'operator' | 'admin'
              readonly disabledAt: string | null
              readonly createdAt: string
              readonly updatedAt: string
              /** Made where none was given; shown only now */
              readonly password?: string
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/users/{id}': {
    /** A user */
    get: {
      parameters: {
        query?: never
        path: {
          id: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly id: string
              readonly name: string
              /** viewer: sees what is public, and what is theirs; uploader: brings videos and changes their own; operator: all videos, runners, webhooks; admin: people and keys too */
              readonly role: 'viewer' | 'uploader' | 'operator' | 'admin'
              readonly disabledAt: string | null
              readonly createdAt: string
              readonly updatedAt: string
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
    /** Change a user; a new password, and being disabled, end the sessions */
    patch: {
      parameters: {
        query?: never
        path: {
          id: string
        }
        header?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** Told apart without regard to case */
            readonly name?: string
            /** viewer: sees what is public, and what is theirs; uploader: brings videos and changes their own; operator: all videos, runners, webhooks; admin: people and keys too */
            readonly role?: 'viewer' | 'uploader' | 'operator' | 'admin'
            readonly disabled?: boolean
            readonly password?: string
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly id: string
              readonly name: string
              /** viewer: sees what is public, and what is theirs; uploader: brings videos and changes their own; operator: all videos, runners, webhooks; admin: people and keys too */
              readonly role: 'viewer' | 'uploader' | 'operator' | 'admin'
              readonly disabledAt: string | null
              readonly createdAt: string
              readonly updatedAt: string
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
    /** Remove a user with all keys; the videos stay */
    delete: {
      parameters: {
        query?: never
        path: {
          id: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        204: { headers: { [name: string]: unknown }; content: { [name: string]: never } }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/keys': {
    /** Keys, the newest first */
    get: {
      parameters: {
        query?: {
          revoked?: boolean
        }
        path?: never
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly keys: {
                readonly id: string
                readonly name: string
                /** The last characters of the key */
                readonly hint: string
                /** viewer: sees what is public, and what is theirs; uploader: brings videos and changes their own; operator: all videos, runners, webhooks; admin: people and keys too */
                readonly role: 'viewer' | 'uploader' | 'operator' | 'admin'
                readonly scopes: ('videos:read' | 'videos:write' | 'runners' | 'webhooks')[] | null
                readonly userId: string | null
                readonly expiresAt: string | null
                readonly lastUsedAt: string | null
                readonly revokedAt: string | null
                readonly createdAt: string
              }[]
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
    /** Make a key; it is shown only now */
    post: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** What it is for */
            readonly name: string
            /** viewer: sees what is public, and what is theirs; uploader: brings videos and changes their own; operator: all videos, runners, webhooks; admin: people and keys too */
            readonly role: 'viewer' | 'uploader' | 'operator' | 'admin'
            readonly scopes?: ('videos:read' | 'videos:write' | 'runners' | 'webhooks')[] | null
            readonly userId?: string | null
            readonly expiresAt?: string | null
          }
        }
      }
      responses: {
        201: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly id: string
              readonly name: string
              /** The last characters of the key */
              readonly hint: string
              /** viewer: sees what is public, and what is theirs; uploader: brings videos and changes their own; operator: all videos, runners, webhooks; admin: people and keys too */
              readonly role: 'viewer' | 'uploader' | 'operator' | 'admin'
              readonly scopes: ('videos:read' | 'videos:write' | 'runners' | 'webhooks')[] | null
              readonly userId: string | null
              readonly expiresAt: string | null
              readonly lastUsedAt: string | null
              readonly revokedAt: string | null
              readonly createdAt: string
              /** Shown only now */
              readonly key: string
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/keys/{id}': {
    /** End a key */
    delete: {
      parameters: {
        query?: never
        path: {
          id: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        204: { headers: { [name: string]: unknown }; content: { [name: string]: never } }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/events': {
    /** What happens to all videos, as server-sent events */
    get: {
      parameters: {
        query?: {
          /** Only these videos: ids, separated by commas. What they are is told at once. */
          video?: string
          state?:
            | 'uploading'
            | 'probing'
            | 'planning'
            | 'encoding'
            | 'packaging'
            | 'publishing'
            | 'published'
            | 'failed'
            | 'cancelled'
        }
        path?: never
        header?: never
        cookie?: never
      }
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'text/event-stream': string } }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/policies': {
    /** What may be turned while everything runs, and what that holds back now */
    get: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly policies: {
                readonly key:
                  | 'ingestEnabled'
                  | 'transcodeEnabled'
                  | 'exportEnabled'
                  | 'terminateAll'
                  | 'nodeTimeout'
                  | 'verifyDuringIngest'
                  | 'failureTolerance'
                readonly kind: 'switch' | 'number'
                readonly value: boolean | number
                readonly default: boolean | number
                readonly unit: string | null
                readonly most: number | null
                /** A sentence */
                readonly meaning: string
                readonly waiting: {
                  readonly what: 'videos' | 'jobs'
                  readonly count: number
                } | null
                readonly updatedBy: string | null
                readonly updatedAt: string
              }[]
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
    /** Change policies, all that are named or none */
    patch: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            readonly ingestEnabled?: boolean | number | string | null
            readonly transcodeEnabled?: boolean | number | string | null
            readonly exportEnabled?: boolean | number | string | null
            readonly terminateAll?: boolean | number | string | null
            readonly nodeTimeout?: boolean | number | string | null
            readonly verifyDuringIngest?: boolean | number | string | null
            readonly failureTolerance?: boolean | number | string | null
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly policies: {
                readonly key:
                  | 'ingestEnabled'
                  | 'transcodeEnabled'
                  | 'exportEnabled'
                  | 'terminateAll'
                  | 'nodeTimeout'
                  | 'verifyDuringIngest'
                  | 'failureTolerance'
                readonly kind: 'switch' | 'number'
                readonly value: boolean | number
                readonly default: boolean | number
                readonly unit: string | null
                readonly most: number | null
                /** A sentence */
                readonly meaning: string
                readonly waiting: {
                  readonly what: 'videos' | 'jobs'
                  readonly count: number
                } | null
                readonly updatedBy: string | null
                readonly updatedAt: string
              }[]
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/policies/changes': {
    /** Who changed which policy, and when */
    get: {
      parameters: {
        query?: {
          limit?: number
        }
        path?: never
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              /** From the newest to the oldest */
              readonly changes: {
                readonly id: number
                readonly key:
                  | 'ingestEnabled'
                  | 'transcodeEnabled'
                  | 'exportEnabled'
                  | 'terminateAll'
                  | 'nodeTimeout'
                  | 'verifyDuringIngest'
                  | 'failureTolerance'
                readonly from: (boolean | number) | null
                readonly to: (boolean | number) | null
                /** For people */
                readonly by: string
                readonly at: string
              }[]
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/profiles': {
    /** Profiles that can be chosen */
    get: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly profiles: {
                readonly name: string
                readonly description: string | null
                /** Saved here; a file of DATA_DIR/profiles; a file of Reelmill. The first wins */
                readonly origin: 'stored' | 'folder' | 'shipped'
                /** Where else there is one that does not hold */
                readonly hides: ('stored' | 'folder' | 'shipped')[]
                readonly version: number | null
                readonly note: string | null
                readonly createdBy: string | null
                readonly createdAt: string | null
                readonly profile: { readonly [name: string]: unknown } | null
                readonly problems: {
                  /** /video/0/height */
                  readonly field: string
                  /** Follows the field in a sentence */
                  readonly message: string
                }[]
                readonly missingEncoders: string[]
                /** How many have it */
                readonly videos: number
              }[]
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/profiles/{name}': {
    /** A profile */
    get: {
      parameters: {
        query?: never
        path: {
          name: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly name: string
              readonly description: string | null
              /** Saved here; a file of DATA_DIR/profiles; a file of Reelmill. The first wins */
              readonly origin: 'stored' | 'folder' | 'shipped'
              /** Where else there is one that does not hold */
              readonly hides: ('stored' | 'folder' | 'shipped')[]
              readonly version: number | null
              readonly note: string | null
              readonly createdBy: string | null
              readonly createdAt: string | null
              readonly profile: { readonly [name: string]: unknown } | null
              readonly problems: {
                /** /video/0/height */
                readonly field: string
                /** Follows the field in a sentence */
                readonly message: string
              }[]
              readonly missingEncoders: string[]
              /** How many have it */
              readonly videos: number
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
    /** Save a profile: its next version, which holds from now on */
    put: {
      parameters: {
        query?: never
        path: {
          name: string
        }
        header?: {
          /** The ETag of the profile */
          'if-match'?: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** A profile, as docs/profiles.md describes it */
            readonly profile: { readonly [name: string]: unknown }
            /** Why, for people */
            readonly note?: string
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly name: string
              readonly description: string | null
              /** Saved here; a file of DATA_DIR/profiles; a file of Reelmill. The first wins */
              readonly origin: 'stored' | 'folder' | 'shipped'
              /** Where else there is one that does not hold */
              readonly hides: ('stored' | 'folder' | 'shipped')[]
              readonly version: number | null
              readonly note: string | null
              readonly createdBy: string | null
              readonly createdAt: string | null
              readonly profile: { readonly [name: string]: unknown } | null
              readonly problems: {
                /** /video/0/height */
                readonly field: string
                /** Follows the field in a sentence */
                readonly message: string
              }[]
              readonly missingEncoders: string[]
              /** How many have it */
              readonly videos: number
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
    /** Delete what was saved of a profile; a file of its name holds then */
    delete: {
      parameters: {
        query?: never
        path: {
          name: string
        }
        header?: {
          /** The ETag of the profile */
          'if-match'?: string
        }
        cookie?: never
      }
      responses: {
        204: { headers: { [name: string]: unknown }; content: { [name: string]: never } }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/profiles/{name}/versions': {
    /** The versions of a profile that were saved */
    get: {
      parameters: {
        query?: never
        path: {
          name: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              /** From the newest */
              readonly versions: {
                readonly version: number
                /** A profile, as docs/profiles.md describes it */
                readonly profile: { readonly [name: string]: unknown }
                readonly note: string | null
                readonly createdBy: string | null
                readonly createdAt: string
                readonly retiredAt: string | null
              }[]
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/profiles/preview': {
    /** What a profile would give for a source; nothing is stored */
    post: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** A profile, as docs/profiles.md describes it */
            readonly profile: { readonly [name: string]: unknown }
            /** For the source that a video has */
            readonly videoId?: string
            readonly source?: {
              /** 0: sound alone */
              readonly width: number
              readonly height: number
              readonly framesPerSecond: number
              readonly durationSeconds: number
              readonly bitRate: number | null
              readonly audioTracks: number
              readonly hdr: boolean
            }
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              /** What is wrong; empty when saving works */
              readonly problems: {
                /** /video/0/height */
                readonly field: string
                /** Follows the field in a sentence */
                readonly message: string
              }[]
              readonly preview: {
                readonly profile: string
                readonly durationSeconds: number
                readonly renditions: {
                  readonly name: string
                  readonly kind: 'video' | 'audio'
                  readonly codec: string
                  readonly width: number | null
                  readonly height: number | null
                  readonly maxrateBps: number | null
                  readonly encoder: string | null
                  readonly preset: string | null
                  readonly crf: number | null
                  readonly level: string | null
                  readonly estimatedBytes: number | null
                  readonly estimatedCpuSeconds: number | null
                }[]
                /** What became of each row of the ladder */
                readonly rungs: {
                  readonly rendition: string | null
                  readonly reason: ('above_source' | 'too_similar') | null
                }[]
                readonly framesPerSecond: number | null
                readonly gopFrames: number | null
                readonly segmentFrames: number | null
                readonly chunks: number
                readonly segments: number | null
                /** That runners would be offered */
                readonly jobs: number
                readonly films: {
                  readonly rendition: string
                  readonly file: string
                  /** About */
                  readonly estimatedBytes: number
                }[]
                readonly storyboard: boolean
                readonly estimatedBytes: number | null
                readonly estimatedCpuSeconds: number | null
                readonly missingEncoders: string[]
              } | null
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/webhooks': {
    /** Who is told of events */
    get: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly webhooks: {
                readonly id: string
                readonly url: string
                readonly description: string
                /** How the bodies of webhooks are written; docs/webhooks.md has them all */
                readonly format: 'standard' | 'request_reference' | 'assembly' | 'ancestor'
                readonly events: string[]
                readonly signing: 'hmac' | 'ed25519'
                /** whpk_…, the newest first; for ed25519 */
                readonly publicKeys: string[]
                readonly oldSecretExpiresAt: string | null
                readonly enabled: boolean
                readonly disabledReason: string | null
                readonly disabledAt: string | null
                readonly failingSince: string | null
                readonly createdAt: string
                readonly updatedAt: string
              }[]
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
    /** Tell somebody of events; the secret is shown this once */
    post: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            readonly url: string
            readonly description?: string
            /** How the bodies of webhooks are written; docs/webhooks.md has them all */
            readonly format?: 'standard' | 'request_reference' | 'assembly' | 'ancestor'
            readonly events?: (
              | 'video.created'
              | 'video.uploading'
              | 'video.upload_abandoned'
              | 'video.uploaded'
              | 'video.probing'
              | 'video.planning'
              | 'video.encoding'
              | 'video.playable'
              | 'video.file'
              | 'video.packaging'
              | 'video.rendition_completed'
              | 'video.publishing'
              | 'video.published'
              | 'video.failed'
              | 'video.cancelled'
              | 'video.transcribed'
              | 'video.transcription_failed'
              | 'video.storyboard'
              | 'video.storyboard_failed'
              | 'video.edited'
              | 'video.edit_failed'
              | 'video.deleted'
            )[]
            readonly signing?: 'hmac' | 'ed25519'
            /** whsec_…, for hmac */
            readonly secret?: string
          }
        }
      }
      responses: {
        201: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly id: string
              readonly url: string
              readonly description: string
              /** How the bodies of webhooks are written; docs/webhooks.md has them all */
              readonly format: 'standard' | 'request_reference' | 'assembly' | 'ancestor'
              readonly events: string[]
              readonly signing: 'hmac' | 'ed25519'
              /** whpk_…, the newest first; for ed25519 */
              readonly publicKeys: string[]
              readonly oldSecretExpiresAt: string | null
              readonly enabled: boolean
              readonly disabledReason: string | null
              readonly disabledAt: string | null
              readonly failingSince: string | null
              readonly createdAt: string
              readonly updatedAt: string
              readonly secret: string | null
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/webhooks/event-types': {
    /** Events that webhooks can be told of, in the order of a video’s journey */
    get: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly eventTypes: {
                readonly type: string
                /** What became true */
                readonly sentence: string
                /** Told to those who did not choose */
                readonly byDefault: boolean
                /** In which it can be told */
                readonly formats: ('standard' | 'request_reference' | 'assembly' | 'ancestor')[]
              }[]
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/webhooks/{id}': {
    /** A webhook */
    get: {
      parameters: {
        query?: never
        path: {
          id: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly id: string
              readonly url: string
              readonly description: string
              /** How the bodies of webhooks are written; docs/webhooks.md has them all */
              readonly format: 'standard' | 'request_reference' | 'assembly' | 'ancestor'
              readonly events: string[]
              readonly signing: 'hmac' | 'ed25519'
              /** whpk_…, the newest first; for ed25519 */
              readonly publicKeys: string[]
              readonly oldSecretExpiresAt: string | null
              readonly enabled: boolean
              readonly disabledReason: string | null
              readonly disabledAt: string | null
              readonly failingSince: string | null
              readonly createdAt: string
              readonly updatedAt: string
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
    /** Change, enable or disable a webhook */
    patch: {
      parameters: {
        query?: never
        path: {
          id: string
        }
        header?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            readonly url?: string
            readonly description?: string
            readonly events?: (
              | 'video.created'
              | 'video.uploading'
              | 'video.upload_abandoned'
              | 'video.uploaded'
              | 'video.probing'
              | 'video.planning'
              | 'video.encoding'
              | 'video.playable'
              | 'video.file'
              | 'video.packaging'
              | 'video.rendition_completed'
              | 'video.publishing'
              | 'video.published'
              | 'video.failed'
              | 'video.cancelled'
              | 'video.transcribed'
              | 'video.transcription_failed'
              | 'video.storyboard'
              | 'video.storyboard_failed'
              | 'video.edited'
              | 'video.edit_failed'
              | 'video.deleted'
            )[]
            readonly enabled?: boolean
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly id: string
              readonly url: string
              readonly description: string
              /** How the bodies of webhooks are written; docs/webhooks.md has them all */
              readonly format: 'standard' | 'request_reference' | 'assembly' | 'ancestor'
              readonly events: string[]
              readonly signing: 'hmac' | 'ed25519'
              /** whpk_…, the newest first; for ed25519 */
              readonly publicKeys: string[]
              readonly oldSecretExpiresAt: string | null
              readonly enabled: boolean
              readonly disabledReason: string | null
              readonly disabledAt: string | null
              readonly failingSince: string | null
              readonly createdAt: string
              readonly updatedAt: string
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
    /** Delete a webhook with its deliveries */
    delete: {
      parameters: {
        query?: never
        path: {
          id: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        204: { headers: { [name: string]: unknown }; content: { [name: string]: never } }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/webhooks/{id}/rotate-secret': {
    /** Replace the secret of a webhook; the new one is shown this once */
    post: {
      parameters: {
        query?: never
        path: {
          id: string
        }
        header?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** How long calls are signed with the old one too; a day when left out */
            readonly keepOldSeconds?: number
          } | null
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly id: string
              readonly url: string
              readonly description: string
              /** How the bodies of webhooks are written; docs/webhooks.md has them all */
              readonly format: 'standard' | 'request_reference' | 'assembly' | 'ancestor'
              readonly events: string[]
              readonly signing: 'hmac' | 'ed25519'
              /** whpk_…, the newest first; for ed25519 */
              readonly publicKeys: string[]
              readonly oldSecretExpiresAt: string | null
              readonly enabled: boolean
              readonly disabledReason: string | null
              readonly disabledAt: string | null
              readonly failingSince: string | null
              readonly createdAt: string
              readonly updatedAt: string
              readonly secret: string | null
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/webhooks/video-secret': {
    /** What calls of videos' own addresses are signed with */
    get: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly secret: string
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/webhooks/deliveries': {
    /** What was told, or is to be, from the newest to the oldest */
    get: {
      parameters: {
        query?: {
          webhookId?: string
          videoId?: string
          state?: 'pending' | 'delivered' | 'failed'
          type?: string
          /** `next` of a page */
          cursor?: string
          limit?: number
        }
        path?: never
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              /** From the newest to the oldest */
              readonly deliveries: {
                readonly id: string
                /** webhook-id, the same for every repetition */
                readonly messageId: string
                readonly webhookId: string | null
                readonly url: string
                /** How the bodies of webhooks are written; docs/webhooks.md has them all */
                readonly format: 'standard' | 'request_reference' | 'assembly' | 'ancestor'
                readonly videoId: string | null
                readonly type: string
                readonly state: 'pending' | 'delivered' | 'failed'
                readonly attempts: number
                readonly nextAttemptAt: string | null
                readonly error: string | null
                readonly happenedAt: string
                readonly finishedAt: string | null
              }[]
              readonly next: string | null
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/webhooks/deliveries/{id}': {
    /** A delivery with its body and every call */
    get: {
      parameters: {
        query?: never
        path: {
          id: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly id: string
              /** webhook-id, the same for every repetition */
              readonly messageId: string
              readonly webhookId: string | null
              readonly url: string
              /** How the bodies of webhooks are written; docs/webhooks.md has them all */
              readonly format: 'standard' | 'request_reference' | 'assembly' | 'ancestor'
              readonly videoId: string | null
              readonly type: string
              readonly state: 'pending' | 'delivered' | 'failed'
              readonly attempts: number
              readonly nextAttemptAt: string | null
              readonly error: string | null
              readonly happenedAt: string
              readonly finishedAt: string | null
              readonly body: string | null
              readonly calls: {
                readonly number: number
                readonly status: number | null
                readonly error: string | null
                readonly response: string | null
                readonly durationMs: number
                readonly at: string
              }[]
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/webhooks/deliveries/{id}/replay': {
    /** Send a delivery once more, with the same id and body */
    post: {
      parameters: {
        query?: never
        path: {
          id: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly id: string
              /** webhook-id, the same for every repetition */
              readonly messageId: string
              readonly webhookId: string | null
              readonly url: string
              /** How the bodies of webhooks are written; docs/webhooks.md has them all */
              readonly format: 'standard' | 'request_reference' | 'assembly' | 'ancestor'
              readonly videoId: string | null
              readonly type: string
              readonly state: 'pending' | 'delivered' | 'failed'
              readonly attempts: number
              readonly nextAttemptAt: string | null
              readonly error: string | null
              readonly happenedAt: string
              readonly finishedAt: string | null
              readonly body: string | null
              readonly calls: {
                readonly number: number
                readonly status: number | null
                readonly error: string | null
                readonly response: string | null
                readonly durationMs: number
                readonly at: string
              }[]
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/webhooks/{id}/replay': {
    /** Send all that failed since a time once more */
    post: {
      parameters: {
        query?: never
        path: {
          id: string
        }
        header?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** Of events from then on */
            readonly since: string
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly replayed: number
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/webhooks/{id}/test': {
    /** Send a webhook.test */
    post: {
      parameters: {
        query?: never
        path: {
          id: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly id: string
              /** webhook-id, the same for every repetition */
              readonly messageId: string
              readonly webhookId: string | null
              readonly url: string
              /** How the bodies of webhooks are written; docs/webhooks.md has them all */
              readonly format: 'standard' | 'request_reference' | 'assembly' | 'ancestor'
              readonly videoId: string | null
              readonly type: string
              readonly state: 'pending' | 'delivered' | 'failed'
              readonly attempts: number
              readonly nextAttemptAt: string | null
              readonly error: string | null
              readonly happenedAt: string
              readonly finishedAt: string | null
              readonly body: string | null
              readonly calls: {
                readonly number: number
                readonly status: number | null
                readonly error: string | null
                readonly response: string | null
                readonly durationMs: number
                readonly at: string
              }[]
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/statistics': {
    /** How things stand now */
    get: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly at: string
              readonly health: {
                readonly state: 'well' | 'warning' | 'failing'
                readonly checks: {
                  readonly name: string
                  readonly state: 'well' | 'warning' | 'failing'
                  readonly sentence: string
                }[]
              }
              readonly videos: {
                readonly total: number
                /** Published, or growing */
                readonly playable: number
                readonly byState: {
                  readonly uploading: number
                  readonly probing: number
                  readonly planning: number
                  readonly encoding: number
                  readonly packaging: number
                  readonly publishing: number
                  readonly published: number
                  readonly failed: number
                  readonly cancelled: number
                }
              }
              readonly underWay: {
                readonly id: string
                readonly name: string
                readonly state:
                  | 'uploading'
                  | 'probing'
                  | 'planning'
                  | 'encoding'
                  | 'packaging'
                  | 'publishing'
                  | 'published'
                  | 'failed'
                  | 'cancelled'
                /** Jobs that are not over */
                readonly pendingTranscode: number
                /** Results that are being put in place */
                readonly pendingMove: number
                /** Jobs in runners’ hands */
                readonly processing: number
                readonly completed: number
                /** Who works on it now */
                readonly runners: string[]
              }[]
              readonly jobs: {
                /** Jobs that are not over */
                readonly active: number
                readonly byState: {
                  readonly pending: number
                  readonly processing: number
                  readonly completing: number
                  readonly waiting_for_parent: number
                  readonly errored: number
                }
                readonly pendingByType: { readonly [name: string]: number }
                readonly oldestWaitingAt: string | null
                readonly oldestWaitingSeconds: number | null
              }
              readonly runners: {
                readonly total: number
                readonly online: number
                readonly byState: {
                  readonly active: number
                  readonly draining: number
                  readonly disabled: number
                  readonly set_aside: number
                }
                /** What the online ones can do at once */
                readonly slots: number
                /** Jobs in their hands */
                readonly held: number
                readonly saturation: number | null
              }
              readonly throughput: {
                readonly hour: {
                  readonly completedJobs: number
                  /** Tries of jobs; others may have made them good */
                  readonly failedTries: number
                  /** Pictures of all renditions that runners encoded */
                  readonly frames: number
                  readonly publishedVideos: number
                  /** Of film */
                  readonly publishedSeconds: number
                  readonly failedVideos: number
                }
                readonly day: {
                  readonly completedJobs: number
                  /** Tries of jobs; others may have made them good */
                  readonly failedTries: number
                  /** Pictures of all renditions that runners encoded */
                  readonly frames: number
                  readonly publishedVideos: number
                  /** Of film */
                  readonly publishedSeconds: number
                  readonly failedVideos: number
                }
              }
              /** Of the last day */
              readonly failures: {
                readonly byCode: {
                  readonly code: string
                  readonly count: number
                }[]
                readonly recent: {
                  readonly kind: 'video' | 'try'
                  readonly at: string
                  readonly code: string
                  readonly message: string
                  readonly videoId: string
                  readonly videoName: string
                  readonly jobUuid: string | null
                  readonly jobLabel: string | null
                  readonly runnerName: string | null
                }[]
              }
              readonly storedBytes: {
                readonly sources: number
                /** Segments of CMAF tracks */
                readonly tracks: number
                readonly wholeFiles: number
                /** Transcripts and storyboards */
                readonly extras: number
                readonly attachments: number
                readonly total: number
              }
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/statistics/history': {
    /** The same over time */
    get: {
      parameters: {
        query?: {
          /** A day before `until` when left out */
          since?: string
          /** Now when left out */
          until?: string
          /** At most so many */
          points?: number
        }
        path?: never
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly since: string
              readonly until: string
              readonly stepSeconds: number
              /** From the oldest to the newest; null while no server looked */
              readonly points: {
                readonly at: string
                readonly waitingJobs: number | null
                readonly waitingSeconds: number | null
                readonly heldJobs: number | null
                readonly onlineRunners: number | null
                readonly onlineSlots: number | null
                readonly videosUnderWay: number | null
                readonly sourceBytes: number | null
                readonly outputBytes: number | null
                readonly completedJobs: number
                /** Tries of jobs; others may have made them good */
                readonly failedTries: number
                /** Pictures of all renditions that runners encoded */
                readonly frames: number
                readonly publishedVideos: number
                /** Of film */
                readonly publishedSeconds: number
                readonly failedVideos: number
              }[]
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/system': {
    /** Health, versions, servers, storage, database and settings */
    get: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly state: 'well' | 'warning' | 'failing'
              readonly checks: {
                readonly name: string
                readonly state: 'well' | 'warning' | 'failing'
                readonly sentence: string
              }[]
              readonly versions: {
                readonly reelmill: string
                readonly node: string
                readonly postgres: string
                readonly ffmpeg: string | null
              }
              /** Of the server that answers */
              readonly uptimeSeconds: number
              /** And those that fell silent in the last day */
              readonly servers: {
                readonly id: string
                readonly host: string
                readonly pid: number
                readonly url: string
                readonly version: string
                readonly nodeVersion: string
                /** It said so in the last 75 seconds */
                readonly alive: boolean
                readonly startedAt: string
                readonly seenAt: string
              }[]
              readonly database: {
                readonly kind: 'embedded' | 'server'
                readonly version: string
                readonly sizeBytes: number
                readonly sessions: number
                /** The last migration */
                readonly schema: number
                readonly answeredMs: number
              }
              readonly storage: {
                readonly driver: 'fs' | 's3' | 'memory'
                readonly place: string | null
                readonly bytes: {
                  readonly sources: number
                  /** Segments of CMAF tracks */
                  readonly tracks: number
                  readonly wholeFiles: number
                  /** Transcripts and storyboards */
                  readonly extras: number
                  readonly attachments: number
                  readonly total: number
                }
              }
              readonly disk: {
                readonly freeBytes: number
                readonly totalBytes: number
              } | null
              readonly encoders: {
                readonly name: string
                /** How many of those online have it */
                readonly runners: number
              }[]
              readonly sweeps: {
                readonly records: {
                  readonly finishedAt: string
                  readonly error: string | null
                  readonly facts: { readonly [name: string]: unknown }
                } | null
                readonly storage: {
                  readonly finishedAt: string
                  readonly error: string | null
                  readonly facts: { readonly [name: string]: unknown }
                } | null
              }
              readonly settings: {
                /** The environment variable */
                readonly name: string
                readonly value: string | null
                readonly isSecret: boolean
                readonly isDefault: boolean
                readonly fallback: string | null
                readonly sentence: string
                readonly unit: string | null
              }[]
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/system/sweep': {
    /** Look for objects that no video has, and remove them */
    post: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** Only tell what would be removed; true when left out */
            readonly dryRun?: boolean
            /** Younger ones are left alone; 24 when left out */
            readonly olderThanHours?: number
          } | null
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly dryRun: boolean
              readonly orphans: {
                readonly objects: number
                readonly bytes: number
                /** The first hundred */
                readonly examples: {
                  readonly key: string
                  readonly sizeBytes: number
                }[]
              }
              /** Published versions of which files are gone */
              readonly missing: {
                readonly videoId: string
                readonly version: number
                readonly files: number
                readonly example: string
              }[]
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/notifications/': {
    /** Hear from another processor what became of a video */
    post: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      responses: {
        202: { headers: { [name: string]: unknown }; content: { [name: string]: never } }
        204: { headers: { [name: string]: unknown }; content: { [name: string]: never } }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/videos/': {
    /** Hear from another processor what became of a video */
    post: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      responses: {
        202: { headers: { [name: string]: unknown }; content: { [name: string]: never } }
        204: { headers: { [name: string]: unknown }; content: { [name: string]: never } }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/videos/{id}': {
    /** A video as simple sites know it */
    get: {
      parameters: {
        query?: never
        path: {
          /** Id of the video */
          id: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly title: string
              readonly uploaded_at: string
              readonly transcoded: string | null
              readonly thumbnail: string | null
              readonly user: string | null
              readonly state: string
              readonly error: string | null
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/worker/videos': {
    /** Make a video of an object, in the words of a simple worker */
    post: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** A key in the storage */
            readonly inputObject: string
            /** Told of what happens to this video */
            readonly webhook: string
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly status: 'transcoding'
              readonly id: string
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/health/live': {
    /** The process answers */
    get: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly status: 'ok'
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/health/ready': {
    /** The database answers too */
    get: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly status: 'ok'
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/runners/': {
    /** Runners, with what they do */
    get: {
      parameters: {
        query?: {
          start?: string
          count?: string
          sort?: 'createdAt' | '-createdAt'
          /** A part of the name */
          search?: string
        }
        path?: never
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              /** How many there are in all */
              readonly total: number
              readonly data: components['schemas']['Runner'][]
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/runners/{runnerId}': {
    /** A runner, with what it does */
    get: {
      parameters: {
        query?: never
        path: {
          runnerId: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: { 'application/json': components['schemas']['Runner'] }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
    /** Remove a runner; others get its jobs */
    delete: {
      parameters: {
        query?: never
        path: {
          runnerId: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        204: { headers: { [name: string]: unknown }; content: { [name: string]: never } }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/runners/{runnerId}/state': {
    /** Drain, disable or enable a runner */
    post: {
      parameters: {
        query?: never
        path: {
          runnerId: string
        }
        header?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            readonly state: 'active' | 'draining' | 'disabled'
            readonly reason?: string
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: { 'application/json': components['schemas']['Runner'] }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/runners/bulk': {
    /** Drain, disable, enable or remove many runners */
    post: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            readonly action: 'enable' | 'drain' | 'disable' | 'remove'
            readonly ids: number[]
            readonly reason?: string
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              /** 0: none was done; 1: all; 2: some */
              readonly success: 0 | 1 | 2
              readonly results: {
                readonly id: string
                readonly success: boolean
                /** Stable; one of docs/errors.md */
                readonly code?: string
                /** A sentence */
                readonly error?: string
              }[]
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/runners/registration-tokens/generate': {
    /** Make a registration token */
    post: {
      parameters: {
        query?: never
        path?: never
        header?: {
          /** `return=representation` */
          prefer?: string
        }
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly id: number
              readonly registrationToken: string
              readonly registeredRunnersCount: number
              readonly createdAt: string
              readonly updatedAt: string
            }
          }
        }
        204: { headers: { [name: string]: unknown }; content: { [name: string]: never } }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/runners/registration-tokens': {
    /** Registration tokens; of the tokens themselves, the last characters */
    get: {
      parameters: {
        query?: {
          start?: string
          count?: string
          sort?: 'createdAt' | '-createdAt'
        }
        path?: never
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              /** How many there are in all */
              readonly total: number
              readonly data: {
                readonly id: number
                readonly registrationToken: string
                readonly registeredRunnersCount: number
                readonly createdAt: string
                readonly updatedAt: string
              }[]
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/runners/registration-tokens/{tokenId}': {
    /** Revoke a registration token; its runners stay */
    delete: {
      parameters: {
        query?: never
        path: {
          tokenId: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        204: { headers: { [name: string]: unknown }; content: { [name: string]: never } }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/runners/jobs': {
    /** Jobs */
    get: {
      parameters: {
        query?: {
          start?: string
          count?: string
          sort?: string
          stateOneOf?: ('1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9')[]
          /** A job's uuid, or a part of its type, label, runner's name or video's name */
          search?: string
          typeOneOf?: (
            | 'vod-web-video-transcoding'
            | 'vod-hls-transcoding'
            | 'vod-audio-merge-transcoding'
            | 'live-rtmp-hls-transcoding'
            | 'video-studio-transcoding'
            | 'video-transcription'
            | 'generate-video-storyboard'
            | 'vod-chunk-encoding'
            | 'vod-audio-encoding'
          )[]
          videoId?: string
          runnerId?: string
        }
        path?: never
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              /** How many there are in all */
              readonly total: number
              readonly data: components['schemas']['RunnerJob'][]
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/runners/jobs/counts': {
    /** How many jobs are in each state */
    get: {
      parameters: {
        query?: {
          /** A job's uuid, or a part of its type, label, runner's name or video's name */
          search?: string
          typeOneOf?: (
            | 'vod-web-video-transcoding'
            | 'vod-hls-transcoding'
            | 'vod-audio-merge-transcoding'
            | 'live-rtmp-hls-transcoding'
            | 'video-studio-transcoding'
            | 'video-transcription'
            | 'generate-video-storyboard'
            | 'vod-chunk-encoding'
            | 'vod-audio-encoding'
          )[]
          videoId?: string
          runnerId?: string
        }
        path?: never
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              readonly pending: number
              readonly processing: number
              readonly completed: number
              readonly errored: number
              readonly waiting_for_parent: number
              readonly cancelled: number
              readonly parent_errored: number
              readonly parent_cancelled: number
              readonly completing: number
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/runners/jobs/{jobUuid}': {
    /** A job, with its tries */
    get: {
      parameters: {
        query?: never
        path: {
          jobUuid: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: { 'application/json': components['schemas']['RunnerJobDetails'] }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
    /** Delete a job, with all that waits for it */
    delete: {
      parameters: {
        query?: never
        path: {
          jobUuid: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        204: { headers: { [name: string]: unknown }; content: { [name: string]: never } }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/runners/jobs/{jobUuid}/cancel': {
    /** Cancel a job, with all that waits for it */
    post: {
      parameters: {
        query?: never
        path: {
          jobUuid: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        204: { headers: { [name: string]: unknown }; content: { [name: string]: never } }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/runners/jobs/{jobUuid}/retry': {
    /** Have a job done that errored or was cancelled; its video goes on with it */
    post: {
      parameters: {
        query?: never
        path: {
          jobUuid: string
        }
        header?: never
        cookie?: never
      }
      responses: {
        204: { headers: { [name: string]: unknown }; content: { [name: string]: never } }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
  '/api/v1/runners/jobs/bulk': {
    /** Cancel or retry many jobs */
    post: {
      parameters: {
        query?: never
        path?: never
        header?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            readonly action: 'cancel' | 'retry'
            readonly ids: string[]
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              /** 0: none was done; 1: all; 2: some */
              readonly success: 0 | 1 | 2
              readonly results: {
                readonly id: string
                readonly success: boolean
                /** Stable; one of docs/errors.md */
                readonly code?: string
                /** A sentence */
                readonly error?: string
              }[]
            }
          }
        }
        '4XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
        '5XX': {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
  }
}

export interface components {
  schemas: {
    Video: {
      readonly id: string
      readonly name: string
      readonly state:
        | 'uploading'
        | 'probing'
        | 'planning'
        | 'encoding'
        | 'packaging'
        | 'publishing'
        | 'published'
        | 'failed'
        | 'cancelled'
      readonly progress: number
      /** urls.hls plays now, maybe still growing */
      readonly playable: boolean
      readonly error?: {
        /** Stable; one of docs/errors.md */
        readonly code: string
        /** A sentence for the owner of the video */
        readonly message: string
        readonly details?: { readonly [name: string]: unknown }
      }
      /** While the source arrives, where it is known how far that is */
      readonly upload?: {
        readonly receivedBytes: number
        readonly totalBytes: number | null
      }
      /** The file; with what probing found in it, once it has */
      readonly source: {
        readonly filename: string | null
        readonly sizeBytes: number | null
        /** Once it was probed */
        readonly durationSeconds?: number
      }
      readonly renditions: {
        readonly name: string
        readonly kind: 'video' | 'audio'
        readonly codec: string
        readonly width: number | null
        readonly height: number | null
        readonly fps: number | null
        readonly frames: number | null
        readonly bytes: number
        readonly bandwidth: number | null
        readonly averageBandwidth: number | null
        readonly progress: number
        readonly encoder: {
          readonly preset: string
          readonly crf: number
          readonly maxrateBps: number
          readonly bufsizeBits: number
          readonly gopFrames: number
        } | null
        readonly language: string | null
        readonly channels: number | null
      }[]
      readonly chunks: {
        readonly total: number
        readonly done: number
      }
      readonly urls: {
        readonly hls: string | null
        readonly dash: string | null
        readonly mp4: { readonly [name: string]: string }
        /** WebVTT, by language */
        readonly transcripts: { readonly [name: string]: string }
        /** WebVTT that people added, by language */
        readonly subtitles: { readonly [name: string]: string }
        readonly thumbnail: string | null
        readonly storyboard: string | null
      }
      readonly cost: {
        readonly cpuSeconds: number
        readonly wallSeconds: number
        readonly peakMemoryBytes: number
      }
      readonly profile: string
      readonly metadata: { readonly [name: string]: unknown }
      readonly ownerId: string | null
      readonly owner: {
        readonly id: string
        readonly name: string
      } | null
      /** Who may see and watch it: everybody, or its owner and operators */
      readonly visibility: 'public' | 'private'
      readonly webhookUrl: string | null
      readonly externalId: string | null
      /** Grows with every PATCH; also the ETag */
      readonly revision: number
      readonly version: number
      readonly createdAt: string
      readonly updatedAt: string
      readonly playableAt: string | null
      readonly publishedAt: string | null
    }
    Problem: {
      readonly type: string
      readonly title: string
      readonly status: number
      readonly detail: string
      readonly code:
        | 'invalid_request'
        | 'invalid_setting'
        | 'unauthorized'
        | 'forbidden'
        | 'host_not_allowed'
        | 'route_not_found'
        | 'video_not_found'
        | 'media_file_not_found'
        | 'attachment_not_found'
        | 'job_not_found'
        | 'hook_call_not_found'
        | 'runner_not_found'
        | 'user_not_found'
        | 'user_name_taken'
        | 'last_admin'
        | 'login_refused'
        | 'setup_refused'
        | 'key_not_found'
        | 'token_not_found'
        | 'webhook_not_found'
        | 'delivery_not_found'
        | 'webhook_disabled'
        | 'delivery_under_way'
        | 'source_not_found'
        | 'source_kind_unsupported'
        | 'file_key_invalid'
        | 'upload_missing'
        | 'source_key_forbidden'
        | 'destination_taken'
        | 'signature_invalid'
        | 'external_id_taken'
        | 'upload_not_found'
        | 'upload_gone'
        | 'upload_offset_conflict'
        | 'upload_held'
        | 'upload_checksum_mismatch'
        | 'tus_version_unsupported'
        | 'video_state_conflict'
        | 'request_in_progress'
        | 'idempotency_key_reused'
        | 'precondition_failed'
        | 'job_state_conflict'
        | 'job_type_unsupported'
        | 'job_not_retryable'
        | 'job_cancelled'
        | 'parent_ended'
        | 'profile_not_found'
        | 'profile_unknown'
        | 'profile_invalid'
        | 'profile_is_a_file'
        | 'encoder_missing'
        | 'policy_invalid'
        | 'job_invalid'
        | 'link_invalid'
        | 'link_expired'
        | 'media_type_refused'
        | 'address_invalid'
        | 'address_refused'
        | 'address_unreachable'
        | 'import_refused'
        | 'import_failed'
        | 'answer_too_large'
        | 'payload_too_large'
        | 'rate_limited'
        | 'source_changed'
        | 'source_empty'
        | 'source_unreadable'
        | 'source_no_streams'
        | 'source_no_sound'
        | 'source_no_pictures'
        | 'source_too_large'
        | 'source_too_many_bytes'
        | 'source_too_long'
        | 'source_too_many_streams'
        | 'source_too_many_frames'
        | 'source_too_few_frames'
        | 'source_ends_early'
        | 'language_unsupported'
        | 'source_damaged'
        | 'registration_token_invalid'
        | 'runner_name_taken'
        | 'unknown_runner_token'
        | 'runner_job_not_in_pending_state'
        | 'runner_job_not_in_processing_state'
        | 'runner_job_not_found'
        | 'segment_refused'
        | 'parameter_sets_differ'
        | 'result_refused'
        | 'result_incomplete'
        | 'runner_lost'
        | 'runner_failed'
        | 'transcriber_missing'
        | 'transcriber_failed'
        | 'processor_failed'
        | 'server_unreachable'
        | 'server_refused'
        | 'ffmpeg_missing'
        | 'ffmpeg_failed'
        | 'ffmpeg_timed_out'
        | 'output_refused'
        | 'step_deadly'
        | 'schema_newer'
        | 'server_lost'
        | 'pages_not_built'
        | 'database_unavailable'
        | 'storage_unavailable'
        | 'object_not_found'
        | 'key_invalid'
        | 'cancelled'
        | 'disk_full'
        | 'internal'
      readonly requestId: string
    }
    Runner: {
      readonly id: number
      readonly name: string
      readonly description: string | null
      readonly ip: string | null
      readonly version: string | null
      /** In the care of a server, and on the server's machine */
      readonly local: boolean
      readonly encoders: string[] | null
      /** Jobs that it does at once */
      readonly slots: number
      /** In its hands now */
      readonly jobs: number
      readonly state: 'active' | 'draining' | 'disabled' | 'set_aside'
      readonly stateReason: string | null
      readonly stateSince: string
      readonly trialAt: string | null
      /** It called lately, or holds a connection */
      readonly online: boolean
      readonly lastContact: string
      readonly createdAt: string
      readonly updatedAt: string
      /** What it does, and did in the last day */
      readonly work: {
        /** In its hands now, from the oldest on */
        readonly jobs: {
          readonly uuid: string
          readonly type: string
          /** For people: chunk 3, audio */
          readonly label: string
          readonly state: 'processing' | 'completing'
          readonly videoId: string
          readonly videoName: string
          readonly progress: number
          readonly startedAt: string | null
        }[]
        readonly speed: number | null
        /** Jobs of the last day */
        readonly completed: number
        /** Failed tries of the last day */
        readonly failed: number
        readonly lastFailure: {
          readonly at: string
          readonly jobUuid: string
          readonly code: string
          readonly message: string
        } | null
      }
    }
    RunnerJob: {
      readonly uuid: string
      readonly type:
        | 'vod-web-video-transcoding'
        | 'vod-hls-transcoding'
        | 'vod-audio-merge-transcoding'
        | 'live-rtmp-hls-transcoding'
        | 'video-studio-transcoding'
        | 'video-transcription'
        | 'generate-video-storyboard'
        | 'vod-chunk-encoding'
        | 'vod-audio-encoding'
      /** By number: pending, processing, completed, errored, waiting_for_parent, cancelled, parent_errored, parent_cancelled, completing */
      readonly state: {
        readonly id: number
        readonly label: string
      }
      readonly progress: number | null
      /** Lower first */
      readonly priority: number
      readonly failures: number
      readonly error: string | null
      /** What runners are told */
      readonly payload: { readonly [name: string]: unknown }
      readonly privatePayload: { readonly [name: string]: unknown }
      readonly startedAt: string | null
      readonly finishedAt: string | null
      readonly createdAt: string
      readonly updatedAt: string
      readonly runner: {
        readonly id: number
        readonly name: string
        readonly description: string | null
      } | null
      readonly parent: {
        readonly id: number
        readonly uuid: string
        readonly type: string
        /** By number: pending, processing, completed, errored, waiting_for_parent, cancelled, parent_errored, parent_cancelled, completing */
        readonly state: {
          readonly id: number
          readonly label: string
        }
      } | null
      /** For people: chunk 3, audio */
      readonly label: string
      readonly videoId: string
      readonly videoName: string
      /** Its video waits for it, and fails with it */
      readonly required: boolean
    }
    RunnerJobDetails: {
      readonly uuid: string
      readonly type:
        | 'vod-web-video-transcoding'
        | 'vod-hls-transcoding'
        | 'vod-audio-merge-transcoding'
        | 'live-rtmp-hls-transcoding'
        | 'video-studio-transcoding'
        | 'video-transcription'
        | 'generate-video-storyboard'
        | 'vod-chunk-encoding'
        | 'vod-audio-encoding'
      /** By number: pending, processing, completed, errored, waiting_for_parent, cancelled, parent_errored, parent_cancelled, completing */
      readonly state: {
        readonly id: number
        readonly label: string
      }
      readonly progress: number | null
      /** Lower first */
      readonly priority: number
      readonly failures: number
      readonly error: string | null
      /** What runners are told */
      readonly payload: { readonly [name: string]: unknown }
      readonly privatePayload: { readonly [name: string]: unknown }
      readonly startedAt: string | null
      readonly finishedAt: string | null
      readonly createdAt: string
      readonly updatedAt: string
      readonly runner: {
        readonly id: number
        readonly name: string
        readonly description: string | null
      } | null
      readonly parent: {
        readonly id: number
        readonly uuid: string
        readonly type: string
        /** By number: pending, processing, completed, errored, waiting_for_parent, cancelled, parent_errored, parent_cancelled, completing */
        readonly state: {
          readonly id: number
          readonly label: string
        }
      } | null
      /** For people: chunk 3, audio */
      readonly label: string
      readonly videoId: string
      readonly videoName: string
      /** Its video waits for it, and fails with it */
      readonly required: boolean
      readonly failure: {
        /** Stable; one of docs/errors.md */
        readonly code: string
        readonly message: string
        /** `ffmpeg`: the last lines that it said */
        readonly details?: { readonly [name: string]: unknown }
      } | null
      readonly cpuSeconds: number | null
      /** Without which it cannot be done */
      readonly encoders: string[]
      /** Those that failed, the latest first */
      readonly tries: {
        readonly at: string
        readonly runner: {
          readonly id: number
          readonly name: string
        } | null
        readonly error: {
          /** Stable; one of docs/errors.md */
          readonly code: string
          readonly message: string
          /** `ffmpeg`: the last lines that it said */
          readonly details?: { readonly [name: string]: unknown }
        }
      }[]
    }
  }
}
