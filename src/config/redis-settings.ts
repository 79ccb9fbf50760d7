import { endpoints, optionalText, optionalUrl, text } from './setting-kinds.ts'

/** The names that installations of django-peertube-runner-connector have (D-35, D-36). */
const connector = 'DJANGO_PEERTUBE_RUNNER_CONNECTOR_'

/** Where the Redis is through which other programs reach the runners that are connected here. */
export const redisSettings = {
  redisUrl: optionalUrl(
    {
      name: 'REDIS_URL',
      aliases: [`${connector}REDIS`],
      sentence:
        'Redis on which other programs say available-jobs to runners; servers themselves need none.',
      secret: true,
    },
    ['redis', 'rediss'],
  ),
  redisSentinels: endpoints(
    {
      name: 'REDIS_SENTINELS',
      aliases: [`${connector}SENTINELS`],
      sentence: 'Sentinels that know where that Redis is, where REDIS_URL does not say it.',
    },
    26_379,
  ),
  redisSentinelsMaster: text({
    name: 'REDIS_SENTINELS_MASTER',
    aliases: [`${connector}SENTINELS_MASTER`],
    fallback: 'mymaster',
    sentence: 'What the Sentinels call that Redis.',
  }),
  redisSentinelsPassword: optionalText({
    name: 'REDIS_SENTINELS_PASSWORD',
    sentence: 'The password of that Redis, not of the Sentinels; unset: it wants none.',
    secret: true,
  }),
} as const
