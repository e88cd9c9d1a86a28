//! Stars: invoices, pre-checkout, refunds, the list of transactions.

use serde_json::{Value, json};

use super::{ApiError, Call, business::Place, sending::common};
use crate::{
    content, random,
    world::{
        messages::merge,
        payments::{Invoice, SUBSCRIPTION_S},
    },
};

/// Reads and checks the invoice of a request.
fn invoice(call: &mut Call<'_>, may_subscribe: bool) -> Result<Invoice, ApiError> {
    let text = |field: &str| call.params.text(field).unwrap_or_default();
    let (title, description, payload) = (text("title"), text("description"), text("payload"));
    if !(1..=32).contains(&content::units(&title)) {
        return Err(ApiError::bad("invoice title must have 1-32 characters"));
    }
    if !(1..=255).contains(&content::units(&description)) {
        return Err(ApiError::bad(
            "invoice description must have 1-255 characters",
        ));
    }
    if !(1..=128).contains(&payload.len()) {
        return Err(ApiError::bad("INVOICE_PAYLOAD_INVALID"));
    }
    if text("currency") != "XTR" || !text("provider_token").is_empty() {
        return Err(ApiError::bad("STARS_INVOICE_INVALID"));
    }
    let prices = call.params.json("prices")?.unwrap_or_default();
    let amount = match prices.as_array().map(Vec::as_slice) {
        Some([price]) => price["amount"]
            .as_i64()
            .filter(|amount| (1..=25_000).contains(amount)),
        _ => return Err(ApiError::bad("STARS_INVOICE_INVALID")),
    };
    let amount = amount.ok_or_else(|| ApiError::bad("CURRENCY_TOTAL_AMOUNT_INVALID"))?;
    let subscription_period = call
        .params
        .int("subscription_period")
        .filter(|_| may_subscribe);
    if subscription_period.is_some_and(|period| u64::try_from(period) != Ok(SUBSCRIPTION_S)) {
        return Err(ApiError::bad("SUBSCRIPTION_PERIOD_INVALID"));
    }
    Ok(Invoice {
        slug: random::word(&mut call.world.rng, 16),
        title,
        description,
        payload,
        amount,
        subscription_period: subscription_period.and_then(|period| u64::try_from(period).ok()),
        message: None,
    })
}

pub(super) fn send_invoice(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let chat = call.writable_chat()?;
    let mut invoice = invoice(call, false)?;
    let mut content = json!({ "invoice": {
        "title": invoice.title, "description": invoice.description, "start_parameter": call.params.text("start_parameter").unwrap_or_default(),
        "currency": "XTR", "total_amount": invoice.amount,
    } });
    merge(&mut content, common(call, &Place::own(chat), true)?);
    call.take_budget(Some(chat), 1)?;
    let message = call.world.bot_message(call.bot, chat, content, call.now_ms);
    invoice.message = message["message_id"].as_i64().map(|id| (chat, id));
    keep(call, invoice);
    Ok(message)
}

pub(super) fn create_link(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let invoice = invoice(call, true)?;
    let link = format!("https://t.me/${}", invoice.slug);
    keep(call, invoice);
    Ok(json!(link))
}

fn keep(call: &mut Call<'_>, invoice: Invoice) {
    if let Some(bot) = call.world.bots.get_mut(&call.bot) {
        bot.ledger.invoices.insert(invoice.slug.clone(), invoice);
    }
}

pub(super) fn answer_pre_checkout(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let id = call
        .params
        .text("pre_checkout_query_id")
        .unwrap_or_default();
    let refusal = if call.params.flag("ok") {
        None
    } else {
        let reason = call
            .params
            .text("error_message")
            .filter(|reason| !reason.is_empty());
        Some(
            reason
                .ok_or_else(|| ApiError::bad("error_message must be non-empty when ok is false"))?,
        )
    };
    call.world
        .answer_checkout(call.bot, &id, refusal, call.now_ms)?;
    Ok(json!(true))
}

pub(super) fn refund(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let person = call
        .params
        .int("user_id")
        .ok_or_else(|| ApiError::bad("invalid user_id specified"))?;
    let charge = call
        .params
        .text("telegram_payment_charge_id")
        .unwrap_or_default();
    if charge.is_empty() {
        return Err(ApiError::bad("CHARGE_ID_EMPTY"));
    }
    call.world.refund(call.bot, person, &charge, call.now_ms)?;
    Ok(json!(true))
}

pub(super) fn transactions(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let offset = usize::try_from(call.params.int("offset").unwrap_or(0)).unwrap_or(0);
    let limit = call.params.int("limit").unwrap_or(100);
    if !(1..=100).contains(&limit) {
        return Err(ApiError::bad("limit must be between 1 and 100"));
    }
    let lines = call
        .world
        .bots
        .get(&call.bot)
        .map(|bot| bot.ledger.transactions.as_slice())
        .unwrap_or_default();
    let page: Vec<Value> = lines
        .iter()
        .skip(offset)
        .take(usize::try_from(limit).unwrap_or(100))
        .map(|line| call.world.transaction_object(line))
        .collect();
    Ok(json!({ "transactions": page }))
}

pub(super) fn balance(call: &mut Call<'_>) -> Result<Value, ApiError> {
    Ok(json!({ "amount": call.world.bots.get(&call.bot).map_or(0, |bot| bot.ledger.balance) }))
}

pub(super) fn edit_subscription(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let person = call.params.int("user_id");
    let charge = call
        .params
        .text("telegram_payment_charge_id")
        .unwrap_or_default();
    let is_canceled = call.params.flag("is_canceled");
    let bot = call
        .world
        .bots
        .get_mut(&call.bot)
        .ok_or_else(ApiError::unauthorized)?;
    let subscription = bot
        .ledger
        .subscriptions
        .get_mut(&charge)
        .filter(|subscription| Some(subscription.person) == person);
    subscription
        .ok_or_else(|| ApiError::bad("CHARGE_NOT_FOUND"))?
        .canceled = is_canceled;
    Ok(json!(true))
}
