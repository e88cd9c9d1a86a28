//! Counting the calls of an API token: the one write that is an update, because many calls count at once.

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::operation::update_item::{UpdateItemError, UpdateItemOutput};
use aws_sdk_dynamodb::types::{
    AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure as OnFailure,
};

use crate::error::database;
use crate::item::{Item, full_key, key_attributes};
use crate::row::ApiTokenUseRow;
use crate::{RoutingDb, Row, StoreError, Table};

/// So often is a window begun by somebody else between our two looks before the caller is told.
const ATTEMPTS: u32 = 4;

impl RoutingDb {
    /// Counts one more call into the window that `next` names, unless `limit` calls are in it already. Gives the calls in
    /// it with this one, or `None` when it was not counted. One call; two for the first call of a window.
    ///
    /// `next` is the row as it would be for the first call of its window.
    ///
    /// # Errors
    /// When the database does not answer, or windows begin faster than we look.
    pub async fn count_use(
        &self,
        next: &ApiTokenUseRow,
        limit: u32,
    ) -> Result<Option<u32>, StoreError> {
        for _ in 0..ATTEMPTS {
            let counted = Box::pin(self.one_more(next, limit)?.send()).await;
            match refused(counted)? {
                Ok(used) => return Ok(Some(used)),
                Err(Some(window)) if window >= next.window => return Ok(None),
                Err(_) => {}
            }
            if let Ok(used) = refused(Box::pin(self.begin(next)?.send()).await)? {
                return Ok(Some(used));
            }
        }
        Err(StoreError::Contention)
    }

    fn one_more(
        &self,
        next: &ApiTokenUseRow,
        limit: u32,
    ) -> Result<UpdateItemFluentBuilder, StoreError> {
        Ok(self
            .update(next)?
            .update_expression("SET #used = #used + :one, #last = :last")
            .condition_expression("#window = :window AND #used < :limit")
            .expression_attribute_names("#used", "used")
            .expression_attribute_names("#last", "last_used_at")
            .expression_attribute_names("#window", "window")
            .expression_attribute_values(":one", number(1))
            .expression_attribute_values(":last", number(next.last_used_at.millis()))
            .expression_attribute_values(":window", number(next.window))
            .expression_attribute_values(":limit", number(limit)))
    }

    /// The whole row anew, for a token that was not used in this window yet.
    fn begin(&self, next: &ApiTokenUseRow) -> Result<UpdateItemFluentBuilder, StoreError> {
        let mut call = self
            .update(next)?
            .condition_expression("attribute_not_exists(#window) OR #window < :window")
            .expression_attribute_names("#window", "window");
        let mut sets = Vec::new();
        let item = Item::of(next, None, 1)?;
        for (name, value) in item
            .0
            .into_iter()
            .filter(|(name, _)| name != "pk" && name != "sk")
        {
            sets.push(format!("#{name} = :{name}"));
            call = call
                .expression_attribute_names(format!("#{name}"), &name)
                .expression_attribute_values(format!(":{name}"), value);
        }
        Ok(call.update_expression(format!("SET {}", sets.join(", "))))
    }

    fn update(&self, next: &ApiTokenUseRow) -> Result<UpdateItemFluentBuilder, StoreError> {
        let (pk, sk) = full_key(Table::Routing, None, &next.key());
        let call = self.0.client.update_item();
        Ok(call
            .table_name(self.0.table(Table::Routing)?)
            .set_key(Some(key_attributes(pk, sk)))
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(OnFailure::AllOld))
    }
}

fn number(value: impl ToString) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// The calls in the window after the update, or, where the condition did not hold, the window that was there.
fn refused(
    answer: Result<UpdateItemOutput, SdkError<UpdateItemError>>,
) -> Result<Result<u32, Option<i64>>, StoreError> {
    let error = match answer {
        Ok(output) => {
            let item = Item(output.attributes.unwrap_or_default());
            return Ok(Ok(item.parse::<ApiTokenUseRow>()?.row.used));
        }
        Err(error) => error,
    };
    match error.as_service_error() {
        Some(UpdateItemError::ConditionalCheckFailedException(failed)) => {
            let old = failed.item().cloned().map(Item);
            let old = old.map(|item| item.parse::<ApiTokenUseRow>()).transpose()?;
            Ok(Err(old.map(|found| found.row.window)))
        }
        _ => Err(database(error)),
    }
}
