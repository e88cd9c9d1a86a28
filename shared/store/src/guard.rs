//! The second isolation layer for rows: a request whose keys leave the scope never reaches the network, and operations
//! that cannot be scoped (scan, PartiQL, table management) are refused altogether.

use std::collections::HashMap;

use aws_sdk_dynamodb::operation::batch_get_item::BatchGetItemInput;
use aws_sdk_dynamodb::operation::get_item::GetItemInput;
use aws_sdk_dynamodb::operation::put_item::PutItemInput;
use aws_sdk_dynamodb::operation::query::QueryInput;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsInput;
use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextRef, Input,
};
use aws_smithy_types::config_bag::ConfigBag;

use crate::keys;

type Attributes = HashMap<String, AttributeValue>;

/// Which partition keys a client may name.
#[derive(Debug)]
pub(crate) struct KeyGuard {
    prefixes: Vec<String>,
}

impl KeyGuard {
    /// One tenant's rows, and routing rows in the same transaction.
    pub(crate) fn tenant(tenant: domain::ids::TenantId) -> Self {
        Self {
            prefixes: vec![keys::tenant_prefix(tenant), keys::ROUTING_PREFIX.to_owned()],
        }
    }

    /// Rows that are no tenant's.
    pub(crate) fn own() -> Self {
        Self {
            prefixes: vec![keys::ROUTING_PREFIX.to_owned(), keys::DUE_PREFIX.to_owned()],
        }
    }

    fn check(&self, input: &Input) -> Result<(), BoxError> {
        if let Some(get) = input.downcast_ref::<GetItemInput>() {
            return self.key(get.key());
        }
        if let Some(put) = input.downcast_ref::<PutItemInput>() {
            return self.item(put.item());
        }
        if let Some(update) = input.downcast_ref::<UpdateItemInput>() {
            return self.update(update);
        }
        if let Some(query) = input.downcast_ref::<QueryInput>() {
            return self.query(query);
        }
        if let Some(batch) = input.downcast_ref::<BatchGetItemInput>() {
            let tables = batch.request_items().into_iter().flatten();
            return tables
                .flat_map(|(_, wanted)| wanted.keys())
                .try_for_each(|key| self.key(Some(key)));
        }
        if let Some(transaction) = input.downcast_ref::<TransactWriteItemsInput>() {
            return transaction
                .transact_items()
                .iter()
                .try_for_each(|item| self.write(item));
        }
        Err("this database operation cannot be scoped".into())
    }

    fn write(&self, item: &TransactWriteItem) -> Result<(), BoxError> {
        if let Some(put) = item.put() {
            return self.item(Some(put.item()));
        }
        if let Some(delete) = item.delete() {
            return self.key(Some(delete.key()));
        }
        if let Some(check) = item.condition_check() {
            return self.key(Some(check.key()));
        }
        Err("this kind of write cannot be scoped".into())
    }

    fn query(&self, query: &QueryInput) -> Result<(), BoxError> {
        // The partition is always compared with :pk, so what stands there is what is read.
        let by_partition = query
            .key_condition_expression()
            .is_some_and(|text| text.starts_with("#pk = :pk"));
        if !by_partition {
            return Err("a query must name its partition".into());
        }
        self.value(
            query
                .expression_attribute_values()
                .and_then(|values| values.get(":pk")),
        )
    }

    /// An update could list a row elsewhere without naming the index partition's value here, so none of them lists: neither by a
    /// placeholder, nor by a name that stands in its expression, nor in the old form that has none.
    fn update(&self, update: &UpdateItemInput) -> Result<(), BoxError> {
        let names = update.expression_attribute_names().into_iter().flatten();
        let names = names.map(|(_, name)| name.as_str());
        let expression = update.update_expression().unwrap_or_default();
        let words = expression.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let lists = |name: &str| matches!(name, "lpk" | "lsk" | "dpk" | "dsk");
        if update.attribute_updates().is_some() || names.chain(words).any(lists) {
            return Err("an update cannot list a row".into());
        }
        self.key(update.key())
    }

    fn key(&self, key: Option<&Attributes>) -> Result<(), BoxError> {
        self.value(key.and_then(|key| key.get("pk")))
    }

    /// Index partitions count too: a row listed under another tenant would be a leak. The due index is nobody's.
    fn item(&self, item: Option<&Attributes>) -> Result<(), BoxError> {
        self.key(item)?;
        match item.and_then(|item| item.get("lpk")) {
            Some(list) => self.value(Some(list)),
            None => Ok(()),
        }
    }

    fn value(&self, value: Option<&AttributeValue>) -> Result<(), BoxError> {
        let inside = matches!(value, Some(AttributeValue::S(text)) if self.prefixes.iter().any(|prefix| text.starts_with(prefix.as_str())));
        if inside {
            Ok(())
        } else {
            Err("a key leaves the scope".into())
        }
    }
}

impl Intercept for KeyGuard {
    fn name(&self) -> &'static str {
        "KeyGuard"
    }

    fn read_before_execution(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        _cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.check(context.input())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws::testing::Network;
    use aws_sdk_dynamodb::Client;
    use aws_sdk_dynamodb::config::Builder;
    use aws_sdk_dynamodb::operation::scan::ScanInput;
    use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemInputBuilder;
    use aws_sdk_dynamodb::types::{
        AttributeValueUpdate, ConditionCheck, Delete, KeysAndAttributes, Put,
    };
    use domain::ids::TenantId;

    fn guard() -> KeyGuard {
        KeyGuard::tenant(TenantId::from_bytes([1; 16]))
    }

    fn mine(rest: &str) -> String {
        format!(
            "{}{rest}",
            keys::tenant_prefix(TenantId::from_bytes([1; 16]))
        )
    }

    fn theirs(rest: &str) -> String {
        format!(
            "{}{rest}",
            keys::tenant_prefix(TenantId::from_bytes([2; 16]))
        )
    }

    fn get(pk: String) -> Input {
        let input = GetItemInput::builder()
            .table_name("t")
            .key("pk", AttributeValue::S(pk))
            .build();
        Input::erase(input.expect("complete"))
    }

    #[test]
    fn a_key_of_another_tenant_is_refused_before_it_is_sent() {
        assert!(guard().check(&get(mine("FAN"))).is_ok());
        assert!(guard().check(&get(theirs("FAN"))).is_err());
        assert!(guard().check(&get("T#".into())).is_err());
    }

    #[tokio::test]
    async fn a_client_sends_nothing_for_a_row_of_another_tenant() {
        let network = Network::default();
        let builder = Builder::from(&network.config().expect("complete")).interceptor(guard());
        let client = Client::from_conf(builder.build());
        for (pk, sent) in [(theirs("FAN"), 0), (mine("FAN"), 1)] {
            let call = client
                .get_item()
                .table_name("t")
                .key("pk", AttributeValue::S(pk))
                .key("sk", AttributeValue::S("HEAD".into()));
            let answered = call.send().await.is_ok();
            assert_eq!((answered, network.sent()), (sent == 1, sent));
        }
        assert!(client.scan().table_name("t").send().await.is_err());
        assert!(client.list_tables().send().await.is_err());
        assert_eq!(network.sent(), 1);
    }

    #[test]
    fn a_row_listed_under_another_tenant_is_refused() {
        let put = |pk: String, lpk: String| {
            let put = Put::builder()
                .table_name("t")
                .item("pk", AttributeValue::S(pk))
                .item("lpk", AttributeValue::S(lpk));
            let item = TransactWriteItem::builder()
                .put(put.build().expect("complete"))
                .build();
            Input::erase(
                TransactWriteItemsInput::builder()
                    .transact_items(item)
                    .build()
                    .expect("complete"),
            )
        };
        assert!(guard().check(&put(mine("A"), mine("L"))).is_ok());
        assert!(guard().check(&put(mine("A"), theirs("L"))).is_err());
    }

    #[test]
    fn one_foreign_item_refuses_the_whole_transaction() {
        let delete = |pk: String| {
            let delete = Delete::builder()
                .table_name("t")
                .key("pk", AttributeValue::S(pk))
                .build()
                .expect("complete");
            TransactWriteItem::builder().delete(delete).build()
        };
        let both = TransactWriteItemsInput::builder()
            .transact_items(delete(mine("A")))
            .transact_items(delete(theirs("A")));
        assert!(
            guard()
                .check(&Input::erase(both.build().expect("complete")))
                .is_err()
        );
    }

    #[test]
    fn one_foreign_key_refuses_the_whole_batch() {
        let batch = |pks: [String; 2]| {
            let wanted = pks.map(|pk| HashMap::from([("pk".to_owned(), AttributeValue::S(pk))]));
            let wanted = KeysAndAttributes::builder().set_keys(Some(wanted.to_vec()));
            let input =
                BatchGetItemInput::builder().request_items("t", wanted.build().expect("complete"));
            Input::erase(input.build().expect("complete"))
        };
        assert!(guard().check(&batch([mine("A"), mine("B")])).is_ok());
        assert!(guard().check(&batch([mine("A"), theirs("B")])).is_err());
    }

    #[test]
    fn a_put_by_itself_and_a_condition_on_a_foreign_row_are_refused_alike() {
        let put = |pk: String, lpk: String| {
            let input = PutItemInput::builder()
                .table_name("t")
                .item("pk", AttributeValue::S(pk))
                .item("lpk", AttributeValue::S(lpk));
            Input::erase(input.build().expect("complete"))
        };
        assert!(guard().check(&put(mine("A"), mine("L"))).is_ok());
        assert!(guard().check(&put(theirs("A"), mine("L"))).is_err());
        assert!(guard().check(&put(mine("A"), theirs("L"))).is_err());
        let condition = |pk: String| {
            let check = ConditionCheck::builder()
                .table_name("t")
                .key("pk", AttributeValue::S(pk))
                .condition_expression("attribute_exists(pk)");
            let item = TransactWriteItem::builder()
                .condition_check(check.build().expect("complete"))
                .build();
            let both = TransactWriteItemsInput::builder().transact_items(item);
            Input::erase(both.build().expect("complete"))
        };
        assert!(guard().check(&condition(mine("A"))).is_ok());
        assert!(guard().check(&condition(theirs("A"))).is_err());
    }

    #[test]
    fn an_update_stays_in_its_scope_and_lists_nothing() {
        let update = |pk: String, name: &str| {
            let input = UpdateItemInput::builder()
                .table_name("t")
                .key("pk", AttributeValue::S(pk))
                .expression_attribute_names("#a", name);
            Input::erase(input.build().expect("complete"))
        };
        assert!(guard().check(&update(mine("A"), "used")).is_ok());
        assert!(guard().check(&update(theirs("A"), "used")).is_err());
        assert!(guard().check(&update(mine("A"), "lpk")).is_err());
    }

    #[test]
    fn an_update_that_writes_a_lists_name_out_is_refused_too() {
        let update = || {
            UpdateItemInput::builder()
                .table_name("t")
                .key("pk", AttributeValue::S(mine("A")))
        };
        let check = |input: UpdateItemInputBuilder| {
            guard().check(&Input::erase(input.build().expect("complete")))
        };
        let set = |expression: &str| check(update().update_expression(expression));
        assert!(set("SET #used = :used ADD calls :one").is_ok());
        for expression in ["SET lpk = :there", "SET #a=:a,dsk=:b", "REMOVE lsk"] {
            assert!(set(expression).is_err(), "{expression}");
        }
        let there = AttributeValueUpdate::builder().value(AttributeValue::S(theirs("L")));
        assert!(check(update().attribute_updates("lpk", there.build())).is_err());
    }

    #[test]
    fn a_query_without_a_partition_and_a_scan_are_refused() {
        let query = |condition: &str, pk: String| {
            let query = QueryInput::builder()
                .table_name("t")
                .key_condition_expression(condition);
            Input::erase(
                query
                    .expression_attribute_values(":pk", AttributeValue::S(pk))
                    .build()
                    .expect("complete"),
            )
        };
        assert!(
            guard()
                .check(&query("#pk = :pk AND #sk > :from", mine("A")))
                .is_ok()
        );
        assert!(guard().check(&query("#pk = :other", mine("A"))).is_err());
        assert!(guard().check(&query("#pk = :pk", theirs("A"))).is_err());
        let scan = ScanInput::builder()
            .table_name("t")
            .build()
            .expect("complete");
        assert!(guard().check(&Input::erase(scan)).is_err());
    }
}
