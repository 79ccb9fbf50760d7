/** Shows openapi.json; calls that are tried out go to this very server, with a key if one is given. */
const { SwaggerUIBundle } = globalThis
SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#api',
  deepLinking: true,
  displayRequestDuration: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  operationsSorter: null,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
})
