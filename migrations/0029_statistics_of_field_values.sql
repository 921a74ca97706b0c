-- How often a text stands in a field: fields share the table, and one value is not spread alike over all of them.
create statistics field_value_texts (mcv, dependencies) on field_id, text_value from field_value;
create statistics field_value_ids (mcv, dependencies) on field_id, id_value from field_value;
