import type { APIGatewayProxyEvent } from 'aws-lambda';
import { EventRequest } from './event-request';
import { headerRecord, queryStringOf } from './multi-values';

/**
 * Payload format 1.0, of a REST API. Its maps with one value a name hold the last one only, its maps with many are what
 * an event that was typed by hand lacks.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export class ApiRequest extends EventRequest<APIGatewayProxyEvent> {
  get method(): string {
    return this.event.httpMethod;
  }

  get path(): string {
    return this.event.path;
  }

  get queryString(): string {
    const { queryStringParameters, multiValueQueryStringParameters } = this.event;
    return queryStringOf(queryStringParameters, multiValueQueryStringParameters);
  }

  protected readHeaders(): Readonly<Record<string, string | undefined>> {
    const { headers, multiValueHeaders } = this.event;
    return headerRecord(headers, multiValueHeaders);
  }
}
