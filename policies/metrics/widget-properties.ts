import { type Json, type JsonObject, listOf, objectOf } from '@crosswind/aws/json';

/** Properties of the widgets of a dashboard body; none where it is no JSON (CloudWatch, "Dashboard Body Structure"). */
export function widgetProperties(body: string): readonly JsonObject[] {
  try {
    const { widgets } = objectOf(JSON.parse(body) as Json);
    return listOf(widgets).map((widget) => objectOf(objectOf(widget)['properties']));
  } catch {
    return [];
  }
}
